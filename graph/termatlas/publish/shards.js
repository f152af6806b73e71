/** @typedef {{ categories: [string, string][], whole: string[], part: string[] }} Index */
/** @typedef {[string, string, number, ...string[]]} Entry name, address, number of its category, other names */

/** @type {Map<string, Promise<any>>} */
const asked = new Map();
/** @type {Map<string, (value: any) => void>} */
const answers = new Map();

// Files of the index call these: a page that is opened from disk can load a script but not fetch a file.
Object.assign(window, {
  termatlas: {
    /** @param {Index} value */
    index: (value) => answers.get("index")?.(value),
    /** @param {[string, Entry[]]} value */
    shard: ([prefix, entries]) => answers.get(fileOf(prefix))?.(entries),
  },
});

/** The list of the index's files. @param {string} up @returns {Promise<Index>} */
export function loadIndex(up) {
  return loaded(up, "index");
}

/** The terms of one file. @param {string} up @param {string} prefix @returns {Promise<Entry[]>} */
export function loadShard(up, prefix) {
  return loaded(up, fileOf(prefix));
}

/** @param {string} up @param {string} name */
function loaded(up, name) {
  const known = asked.get(name) || new Promise((resolve, reject) => {
    answers.set(name, resolve);
    const script = document.createElement("script");
    script.src = `${up}site/search/${name}.js`;
    script.onerror = () => {
      asked.delete(name);
      reject(new Error(`${name}.js cannot be loaded`));
    };
    document.head.append(script);
  });
  asked.set(name, known);
  return known;
}

/** @param {string} prefix */
function fileOf(prefix) {
  return [...new TextEncoder().encode(prefix)].map((byte) => byte.toString(16).padStart(2, "0")).join("") || "all";
}
