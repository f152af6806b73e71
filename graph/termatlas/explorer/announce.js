import { byId } from "./dom.js";

/** Words for a screen reader, one message after another has settled. @returns {(words: string) => void} */
export function createAnnouncer() {
  const region = byId("announce");
  let waiting = 0;
  return (words) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      region.textContent = region.textContent === words ? words + "\u00a0" : words; // the same words again are news too
    }, 150);
  };
}
