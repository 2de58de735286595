using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>
/// Proves that the script works on pages that make it hard, from the tap to the stored comment, and that nothing is thrown or logged there.
/// A guest can live with prototypes that were added to and with functions that were wrapped or imitated; where a page has destroyed what
/// every script needs (array methods that throw, no JSON), nothing can work, and what is left to prove is that nothing is heard of it.
/// </summary>
[Collection(WidgetCollection.Name)]
public sealed class GuestTests(ChromiumFixture chromium, WidgetServer server)
{
    private const string Strict = $"default-src 'none'; script-src 'nonce-{HostPage.Nonce}'; connect-src API; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, HostPage> Hard = new(StringComparer.Ordinal)
    {
        ["A strict policy with Trusted Types"] = new() { Csp = Strict },
        ["Enumerable additions to every prototype"] = Early("""
            for (const type of [Array, Object, Function, String, Number, Promise, Node]) type.prototype.extra = type.prototype.each = function () { throw new Error("never called") }
            """),
        ["An Array.prototype.toJSON, as Prototype.js brought"] = Early("""
            Array.prototype.toJSON = function () { return "[" + this.map(x => JSON.stringify(x)).join(", ") + "]" }
            """),
        ["Array functions imitated by an old library"] = Early("""
            Array.from = x => [x]; Array.prototype.includes = function (x) { return this.indexOf(x) > -1 };
            Array.prototype.filter = function (f, t) { var r = []; for (var i = 0; i < this.length; i++) if (f.call(t, this[i], i, this)) r.push(this[i]); return r };
            Object.keys = o => { var r = []; for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) r.push(k); return r }
            """),
        ["A fetch wrapped by monitoring that knows strings and requests"] = Early("""
            const original = fetch;
            window.fetch = function (input, init) {
              const url = typeof input === "string" ? input : input.url, method = ((init && init.method) || input.method || "GET").toUpperCase();
              if (url.indexOf("/telemetry") > -1 || method === "TRACE") return Promise.reject(new Error("never"));
              return original.apply(this, arguments).then(function (response) { response.clone(); return response });
            }
            """),
        ["A JSON replaced by a library"] = Early("""
            const { parse, stringify } = JSON;
            window.JSON = { parse: text => parse(String(text)), stringify: (value, replacer) => stringify(value, replacer, 2) };
            """),
        ["A localStorage that throws"] = Early("""Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })"""),
        ["A localStorage that is null"] = Early("""Object.defineProperty(window, "localStorage", { value: null })"""),
        ["A localStorage that is full"] = Early("""Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError") }"""),
        ["The script twice"] = new() { Scripts = 2 },
        ["No native helpers of the last years"] = Early("""
            delete AbortSignal.timeout; delete AbortSignal.any; delete crypto.randomUUID; delete window.requestIdleCallback; delete window.structuredClone;
            delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.popover; delete Promise.withResolvers; delete Object.groupBy;
            """),
        ["Names that the DOM has taken"] = new()
        {
            Body = """
                <main><h1>Reports</h1><button id="export">Export</button></main>
                <form name="conclude" id="settings"><input name="key"><input name="q"></form><img name="config" alt=""><a id="queue" href="/">x</a><b id="host"></b><i id="card"></i>
                """,
        },
    };

    [Fact]
    public Task It_works_on_every_hard_page() => Together.Each(Hard, static p => p.Key, async hard =>
    {
        await using var visit = await server.Visit(chromium, hard.Value);
        var page = await visit.Person.NewPageAsync();
        await page.GotoAsync(visit.Site.Address);
        await Answers(visit, page.MainFrame);
    });

    [Fact]
    public Task It_works_in_a_frame_of_another_site() => Together.Each(["", "?sandbox=allow-scripts"], static s => s, async sandbox =>
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Person.NewPageAsync();
        await page.GotoAsync(visit.Site.Framed + sandbox);
        await Answers(visit, page.Frames[1]);
    });

    [Fact]
    public async Task It_works_after_a_page_has_replaced_its_body_and_address()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        await page.EvaluateAsync("""
            () => {
              const body = document.createElement('body'), button = document.createElement('button');
              button.id = 'export';
              button.textContent = 'Export';
              body.append(button);
              document.documentElement.replaceChild(body, document.body);
              history.pushState({}, '', '/reports/7');
            }
            """);
        var prompt = await visit.Ask(page);
        Assert.Equal(visit.Site.Address + "reports/7", (string)visit.Gate.Calls("events").Single().Json["context"]!["url"]!);
        Assert.Empty(await page.OutOfReach());

        // And with a prompt open.
        await page.EvaluateAsync("() => { document.body.replaceWith(document.createElement('body')); history.back(); }");
        await Expect(prompt).ToHaveCountAsync(0);
        await visit.Fire(page);
        await visit.TotalIs("fires", 2);
        visit.WasQuiet();
    }

    private static readonly string[] Destroyed =
    [
        """for (const name of ["map", "filter", "includes", "forEach", "some", "find", "slice", "indexOf", "concat", "join", "sort", "push"]) Array.prototype[name] = () => { throw new Error("broken") }""",
        """for (const name of ["map", "filter", "find", "slice", "concat"]) Array.prototype[name] = () => undefined""",
        """window.JSON = {}""",
        """window.fetch = () => { throw new Error("broken") }""",
        """window.fetch = () => undefined""",
        """delete Element.prototype.attachShadow; window.CSSStyleSheet = undefined; window.customElements = undefined""",
        """Object.freeze(window.Conclude = { q: [] })""",
    ];

    [Fact]
    public Task Nothing_is_heard_on_a_page_that_destroyed_what_scripts_need() => Together.Each(Destroyed, static what => what, async what =>
    {
        // Whatever the page finds of us, it calls, and says when it is done; a frozen stub never becomes more than it is.
        await using var visit = await server.Visit(chromium, Early(what) with { Attributes = $"""onload="{Call}" """ });
        var page = await visit.Person.NewPageAsync();
        await page.GotoAsync(visit.Site.Address);
        await Expect(page).ToHaveTitleAsync("done");
        visit.WasQuiet();
    });

    private const string Call = """
        for (const [name, argument] of Object.entries({ event: 'broken', identify: { externalId: 'u' }, on: 'seen', reset: 0, optOut: 0, optIn: 0 })) Conclude[name]?.(argument, () => {});
        Conclude.event?.('broken');
        setTimeout(() => document.title = 'done', 150)
        """;

    private static HostPage Early(string script) => new() { Before = $"<script>{script}</script>" };

    /// <summary>A tap on the page's button, one on a face, a comment; and all of it is stored.</summary>
    private static async Task Answers(Visit visit, IFrame page)
    {
        await page.ClickAsync("#export");
        var prompt = page.Prompt();
        await prompt.Face("frustrated").ClickAsync();
        await prompt.Box().FillAsync("The file was empty");
        await Expect(prompt).ToHaveCountAsync(1);
        await prompt.Act("send").ClickAsync();
        await visit.TotalIs("comments", 1);
        Assert.Equal(1, await visit.Total("fires"));
        Assert.All(visit.Gate.Seen, static e => Assert.InRange(e.Status, 200, 204));
        // The configuration is read again when another case has saved its moment in between.
        Assert.Equal(["events", "seen", "reaction", "comment"], visit.Gate.Seen.Select(static e => e.Call).Where(static call => call is not (null or "config")));
        visit.WasQuiet();
    }
}
