// SHA-256 (FIPS 180-4) in the JavaScript of 2009: pages opened from a file have no crypto.subtle in some browsers, and
// a unit's desk may have an old one.
function sha256(bytes) {
  "use strict";
  function right(value, by) { return (value >>> by) | (value << (32 - by)); }
  function root(prime, power) {  // the first 32 bits of its fraction
    var value = Math.pow(prime, power), whole = Math.floor(value);
    return ((value - whole) * 4294967296) | 0;
  }
  var primes = [], n, i, at, k, h, w, a, b, c, d, e, f, g, j, s0, s1, t1, t2, text = "";
  for (n = 2; primes.length < 64; n += 1) if (primes.every(function (p) { return n % p; })) primes.push(n);
  k = primes.map(function (p) { return root(p, 1 / 3); });
  h = primes.slice(0, 8).map(function (p) { return root(p, 1 / 2); });
  var padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  var view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 536870912));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  w = new Int32Array(64);
  for (at = 0; at < padded.length; at += 64) {
    for (i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
    for (i = 16; i < 64; i += 1) {
      s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    a = h[0]; b = h[1]; c = h[2]; d = h[3]; e = h[4]; f = h[5]; g = h[6]; j = h[7];
    for (i = 0; i < 64; i += 1) {
      s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      t1 = (j + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      j = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, j].forEach(function (value, place) { h[place] = (h[place] + value) | 0; });
  }
  for (i = 0; i < 8; i += 1) text += ("0000000" + (h[i] >>> 0).toString(16)).slice(-8);
  return text;
}
