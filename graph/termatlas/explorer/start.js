import { fromBase91 } from "./base91.js";

// The page's script lies packed in it. The policy names the hash of what is unpacked here, so nothing else can run.
try {
  const packed = document.getElementById("atlas-script")?.textContent ?? "";
  const unpacking = new Blob([fromBase91(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(unpacking).text();
  document.head.append(script);
} catch {
  document.body.className = "failed"; // explorer.css then shows the page's own words on what to do
}
