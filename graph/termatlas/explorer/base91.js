const DIGITS = new Uint8Array(256);
for (let code = 33, digit = 0; code < 127; code++) if (!'"&<'.includes(String.fromCharCode(code))) DIGITS[code] = digit++;

/** Read what base91.py wrote: thirteen bits in two signs, so thirteen bytes in sixteen. Wrong signs give wrong bytes, as gzip's checksum tells.
 * @param {string} text */
export function fromBase91(text) {
  const signs = new Uint8Array((text.length + 15) & ~15);
  new TextEncoder().encodeInto(text, signs);
  const made = new DataView(new ArrayBuffer((signs.length / 16) * 13));
  const number = (/** @type {number} */ at) => DIGITS[signs[at]] + 91 * DIGITS[signs[at + 1]];
  for (let at = 0, place = 0; at < signs.length; at += 16, place += 13) {
    const third = number(at + 4);
    const fifth = number(at + 8);
    const eighth = number(at + 14);
    made.setInt32(place, number(at) | (number(at + 2) << 13) | (third << 26), true);
    made.setInt32(place + 4, (third >> 6) | (number(at + 6) << 7) | (fifth << 20), true);
    made.setInt32(place + 8, (fifth >> 12) | (number(at + 10) << 1) | (number(at + 12) << 14) | (eighth << 27), true);
    made.setUint8(place + 12, eighth >> 5);
  }
  return new Uint8Array(made.buffer, 0, ((text.length >> 1) * 13 + (text.length & 1) * 6) >> 3);
}
