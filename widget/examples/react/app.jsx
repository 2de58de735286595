import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { ConcludeProvider, useConclude, useConcludeEvent } from "@conclude/react";

const options = { key: CONCLUDE_KEY, api: CONCLUDE_API };
const ada = { externalId: "react-ada", email: "ada@acme.com", name: "Ada" };

function App() {
  const [user, setUser] = useState(null);
  const [log, setLog] = useState([]);
  const say = (text) => setLog((before) => [...before, text]);
  return (
    <ConcludeProvider options={options} user={user}>
      <main>
        <header>
          <b>Reports</b>
          {user ? (
            <button id="sign-out" onClick={() => setUser(null)}>Sign out</button>
          ) : (
            <button id="sign-in" onClick={() => setUser(ada)}>Sign in as Ada</button>
          )}
        </header>
        {user ? <Report say={say} /> : <section><p>Sign in to read your report.</p></section>}
        <section>
          <h2>What happened</h2>
          <ol id="log">{log.map((text, line) => <li key={line}>{text}</li>)}</ol>
        </section>
        <Listener say={say} />
      </main>
    </ConcludeProvider>
  );
}

function Report({ say }) {
  const { event } = useConclude();
  useConcludeEvent("report_opened");
  const fire = async (name) => {
    const { accepted, prompt } = await event(name);
    say(`${name} ${accepted ? "accepted" : "given up"}, ${prompt ? "asks" : "does not ask"}`);
  };
  return (
    <section>
      <h1>Revenue by region</h1>
      <p>October, 4 regions, 128 rows</p>
      <button id="export" className="main" onClick={() => fire("report_exported")}>Export</button>
      <button id="share" onClick={() => fire("report_shared")}>Share</button>
    </section>
  );
}

function Listener({ say }) {
  const { on } = useConclude();
  useEffect(() => {
    const ends = ["seen", "reaction", "comment", "dismiss"].map((name) => on(name, (detail) => say(`${name} ${detail.reaction ?? ""}`)));
    return () => ends.forEach((end) => end());
  }, []);
  return null;
}

createRoot(document.getElementById("root")).render(<StrictMode><App /></StrictMode>);
