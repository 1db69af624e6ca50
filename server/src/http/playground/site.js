// The site that the visitor of a playground is on. The page around it may let the visitor say something:
//   { playground: "say", text }
addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || origin !== location.origin) return;
  if (data?.playground === "say") window.Baton?.send(`${data.text}`);
});
