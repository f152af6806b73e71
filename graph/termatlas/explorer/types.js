/**
 * What all parts of the page speak of. This file has no code: it is for the reader and the type checker.
 *
 * Terms are numbers from 0, by falling PageRank: the lower the number, the more important the term.
 *
 * Links as compressed sparse rows: those of term i are nodes[offsets[i]] … nodes[offsets[i + 1] - 1], ascending.
 * @typedef {{ offsets: Uint32Array, nodes: Uint32Array, kinds: Uint32Array }} Csr
 *
 * @typedef {{ name: string, token: string, count: number }} Category
 * @typedef {{ name: string, title: string, exact: boolean, values: Float32Array }} Measure
 * @typedef {{ name: "isolated" | "wanted", x: number, y: number, width: number, height: number, count: number }} Shelf
 * @typedef {{ id: string, level: string, title: string, definition: string }} Rule
 * @typedef {{ source: Uint32Array, target: Uint32Array, probability: Float32Array }} Suggestions
 *
 * @typedef {object} Atlas
 * @property {string} title
 * @property {string} language
 * @property {string} generator
 * @property {number} count terms, wanted ones included
 * @property {number} linkCount without the links of terms to themselves, which are nowhere in the page
 * @property {string[]} slugs
 * @property {string[]} names
 * @property {string[]} aliases those of a term with line breaks between, "" for none
 * @property {Float32Array} x in map units, to the right
 * @property {Float32Array} y down
 * @property {Uint32Array} category an index into categories
 * @property {Category[]} categories largest first; the last one may be "", for none
 * @property {Uint8Array} status an index into STATUSES
 * @property {Uint32Array} community 0 is the largest
 * @property {Uint32Array} component 0 is the largest
 * @property {Measure[]} measures
 * @property {Csr} out
 * @property {Csr} in
 * @property {string[]} kinds of links
 * @property {(source: number, target: number) => boolean} oneWay whether target, a term with a page as source is, does not link back
 * @property {Shelf[]} shelves where terms without links stand
 * @property {Uint32Array} worst the worst level of each term's findings: 3 error, 2 warning, 1 info, 0 none
 * @property {Suggestions | null} suggestions
 * @property {Rule[]} rules
 * @property {Record<string, string>} words what each status means
 *
 * @typedef {{ rule: number, target: number, message: string }} TermFinding target is -1 where there is none
 * @typedef {{ at: number, why: string[] }} SuggestedLink which of the suggestions; the reasons, then a sentence in three parts
 * @typedef {{ definition: string, explanation: string, questions: { question: string, answer: string }[],
 *   aliases: string[], where: string, findings: TermFinding[], suggestions: SuggestedLink[] }} TermText
 *
 * @typedef {{ index: number, field: "name" | "alias" | "definition", start: number, end: number }} Found
 *
 * What is looked at, and how. Indices are -1 where nothing is chosen; null is "all" for categories, "fit" for camera.
 * @typedef {object} View
 * @property {"map" | "table" | "path"} mode
 * @property {number} selected
 * @property {number} hovered
 * @property {string} query
 * @property {number[] | null} categories
 * @property {"" | "orphans" | "dead-ends" | "wanted" | "one-way" | "islands" | "communities" | "suggested" | "findings"} lens
 * @property {string} size the name of a measure
 * @property {{ from: number, to: number, directed: boolean, chosen: number } | null} path
 * @property {{ centre: number, depth: 1 | 2 | 3 } | null} around
 * @property {{ x: number, y: number, k: number } | null} camera
 * @property {"" | "light" | "dark"} theme
 *
 * @typedef {object} Store
 * @property {() => View} get
 * @property {(patch: Partial<View>, options?: { history?: boolean }) => void} set
 * @property {(listen: (view: View, before: View, options: { history?: boolean }) => void) => void} subscribe
 */
