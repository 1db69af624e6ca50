// Tells the hub who the visitor is: what they wrote into the form before the chat, and what the page says.

// What was told last, and by which token.
let told;

export default async (baton, who, token, { chatbot, forget, tell }) => {
  const again = (answer) => !answer || answer.status === 429 || answer.status >= 500;
  const filled = baton.kept("introduced");
  if (filled && told !== `${token}${filled}`) {
    told = `${token}${filled}`;
    const answer = await baton.ask(`before?chatbot=${chatbot}`, JSON.parse(filled));
    if (again(answer)) told = null;
    // What the form does not take any more stays here, and is lost for nobody.
    else if (answer.ok) for (const name of ["introduced", "before"]) baton.keep(name);
  }
  if (!who) return;
  const said = `${token}${JSON.stringify(who)}`;
  if (said === told) return;
  told = said;
  const answer = await baton.ask("identity", who);
  if (answer?.ok) {
    const { verified, anew } = await answer.json();
    // Somebody else was here before, whose words are not this visitor's to read.
    if (anew) forget();
    else tell("identified", { verified });
  }
  // It is tried again with the next welcome.
  else if (again(answer)) told = null;
};
