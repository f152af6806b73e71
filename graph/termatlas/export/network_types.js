/**
 * What all parts of the pyvis page speak of. This file has no code: it is for the reader and the type checker.
 *
 * A term as `network.py` writes it; the terms come by falling PageRank.
 * @typedef {object} Term
 * @property {string} id
 * @property {string} name
 * @property {string} category "" for none
 * @property {string} token the custom property of its category's colour, without the two hyphens
 * @property {string[]} aliases
 * @property {string} definition
 * @property {"ok" | "wanted" | "orphan" | "dead-end" | "isolated"} status
 * @property {number} in how many terms link to it, those not on this map included
 * @property {number} out how many terms it links to, those not on this map included
 * @property {number} size of its disc: the radius in map units
 * @property {number} x
 * @property {number} y
 *
 * @typedef {{ id: string, kind: string }} Neighbour a link as seen from one of its ends
 * @typedef {{ x: number, y: number }} Place
 * @typedef {Place & { r: number }} Disc
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box in pixels of the map's frame
 * @typedef {CanvasRenderingContext2D} Canvas
 *
 * @typedef {object} VisNetwork what we use of vis-network: it keeps the camera, the canvas and the keys
 * @property {{
 *   (event: "beforeDrawing" | "afterDrawing", act: (ctx: Canvas) => void): void,
 *   (event: "click", act: (event: { pointer: { canvas: Place } }) => void): void,
 *   (event: "resize", act: (size: { width: number, height: number }) => void): void,
 * }} on
 * @property {() => void} redraw
 * @property {() => number} getScale
 * @property {(at: Place) => Place} DOMtoCanvas
 * @property {(view: { position?: Place, scale?: number, offset?: Place, animation?: unknown }) => void} moveTo
 * @property {(options: object) => void} setOptions
 *
 * @typedef {object} PyvisPage the global variables of pyvis's script
 * @property {VisNetwork} network
 * @property {{ get: () => Term[] }} nodes
 * @property {{ get: () => { from: string, to: string, kind: string }[] }} edges
 */
