/** What the reader looks at; `shown` is the pressed button of the legend: only its terms stand out. */
export const chosen = {
  selected: /** @type {Term | null} */ (null),
  hovered: /** @type {Term | null} */ (null),
  shown: /** @type {HTMLElement | null} */ (null),
};
