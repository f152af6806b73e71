// The page's script lies packed in it. The policy names the hash of what is unpacked here, so nothing else can run.
try {
  const packed = Uint8Array.from(atob(document.getElementById("atlas-script")?.textContent ?? ""), (sign) => sign.charCodeAt(0));
  const unpacking = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(unpacking).text();
  document.head.append(script);
} catch {
  document.body.className = "failed"; // explorer.css then shows the page's own words on what to do
}

export {};
