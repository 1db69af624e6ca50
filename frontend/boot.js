// Loads the app's program and starts it. The page says where it is, so this file never changes with it.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const program = await import(js);
await program.default({ module_or_path: wasm });
program.hydrate();
