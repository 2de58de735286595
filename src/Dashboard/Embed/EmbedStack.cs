using System.Collections.Immutable;

namespace Conclude.Dashboard.Embed;

/// <summary>How apps of one kind fire events: what to install, one call, and who is signed in.</summary>
/// <param name="Id">As it stands in a page's markup.</param>
/// <param name="Title">What the first step is called.</param>
/// <param name="Lead">What the first step is about.</param>
/// <param name="Install">The first step; one of these holds the key.</param>
/// <param name="SignOut">What to do when they sign out; null where nothing is remembered.</param>
public sealed record EmbedStack(string Id, string Name, string Title, string Lead, ImmutableArray<CodeSample> Install, CodeSample Fire, CodeSample Identify, string? SignOut)
{
    /// <summary>All of them, filled in; the first is for everybody.</summary>
    /// <param name="host">Address of this server, ending in a slash.</param>
    /// <param name="key">A publishable key.</param>
    public static ImmutableArray<EmbedStack> All(string host, string key)
    {
        var (api, name) = (Snippet.Text(host.TrimEnd('/')), Snippet.Text(key));
        return
        [
            new("html", "HTML", "Put the script on every page",
                "Into the head, before your own scripts. It loads without holding up the page; calls made before it is there are kept.",
                [new("HTML", Snippet.Script(host, key))],
                new("JavaScript", Snippet.Event("report_exported")),
                new("JavaScript", Snippet.Identify),
                "Conclude.reset()"),
            new("npm", "npm", "Install the package and start it once",
                "An ES module without dependencies. It does nothing until you call init, and nothing on a server.",
                [
                    new("Shell", "npm install @conclude/widget"),
                    new("conclude.js", $$"""
                        import { init } from "@conclude/widget";

                        export const conclude = init({
                          key: "{{name}}",
                          api: "{{api}}"
                        });
                        """),
                ],
                new("JavaScript", """
                    import { conclude } from "./conclude.js";

                    await conclude.event("report_exported");
                    """),
                new("JavaScript", Snippet.Identify.Replace("Conclude.", "conclude.", StringComparison.Ordinal)),
                "conclude.reset()"),
            new("react", "React", "Install the package and wrap your app",
                "React 18 and 19, in StrictMode and with server rendering too.",
                [
                    new("Shell", "npm install @conclude/react"),
                    new("App.jsx", $$"""
                        import { ConcludeProvider } from "@conclude/react";

                        const options = {
                          key: "{{name}}",
                          api: "{{api}}"
                        };

                        export function App({ user, children }) {
                          return (
                            <ConcludeProvider options={options} user={user}>
                              {children}
                            </ConcludeProvider>
                          );
                        }
                        """),
                ],
                new("ExportButton.jsx", """
                    import { useConclude } from "@conclude/react";

                    export function ExportButton() {
                      const { event } = useConclude();
                      return <button onClick={() => event("report_exported")}>Export</button>;
                    }
                    """),
                new("The provider's user", """
                    {
                      externalId: "user_123",
                      email: "ada@example.com",
                      name: "Ada"
                    }
                    """),
                "user={null}"),
            new("http", "HTTP", "Keep the key and the address at hand",
                "For events that only your server knows of. Any language that can send JSON will do; this is curl.",
                [new("Shell", $"""
                    CONCLUDE_API={api}
                    CONCLUDE_KEY={name}
                    """)],
                new("Shell", """
                    id=$(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid)
                    curl "$CONCLUDE_API/api/v1/widget/events" \
                      -H "x-conclude-api-key: $CONCLUDE_KEY" \
                      -H "content-type: application/json" \
                      -d '{
                        "user": { "externalId": "user_123" },
                        "events": [{ "id": "'$id'", "name": "report_exported" }]
                      }'
                    """),
                new("JSON, in place of the user above", """
                    {
                      "externalId": "user_123",
                      "email": "ada@example.com",
                      "name": "Ada"
                    }
                    """),
                null),
        ];
    }
}
