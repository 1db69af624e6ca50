// Loads the page's program and starts it. The page says where it is, so this file never changes with it.
const { js, wasm } = document.getElementById("boot").dataset;
const program = await import(js);
await program.default({ module_or_path: wasm });
