namespace Conclude.Browser.Tests.Widget;

/// <summary>A page of somebody who has put the documented snippet into it, and what else the page is and does.</summary>
internal sealed record HostPage
{
    public const string Nonce = "r4nd0m";

    public string Doctype { get; init; } = "<!doctype html>";

    public string Lang { get; init; } = "en";

    public string Dir { get; init; } = "ltr";

    /// <summary>Before our snippet, as polyfills and monitoring are.</summary>
    public string Before { get; init; } = "";

    /// <summary>More in the head, after our snippet.</summary>
    public string Head { get; init; } = "";

    public string Body { get; init; } = """<main><h1>Reports</h1><button id="export">Export</button></main>""";

    /// <summary>More attributes of our script tag.</summary>
    public string Attributes { get; init; } = "";

    public string Key { get; init; } = Conclude.Testing.SiloProcess.PublishableKey;

    /// <summary>The page's Content-Security-Policy; <c>API</c> stands for our host.</summary>
    public string? Csp { get; init; }

    /// <summary>How often the script is in the page.</summary>
    public int Scripts { get; init; } = 1;

    /// <param name="name">What the page's button has done.</param>
    public string Html(string host, string name) => $$$"""
        {{{Doctype}}}<html lang="{{{Lang}}}" dir="{{{Dir}}}"><head><meta charset="utf-8"><title>App</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">{{{Before}}}
        <script nonce="{{{Nonce}}}">window.Conclude=window.Conclude||{q:[],event(...a){this.q.push(["event",a])},identify(...a){this.q.push(["identify",a])}}</script>
        {{{string.Concat(Enumerable.Repeat($"""<script nonce="{Nonce}" async src="{host}/widget/v1.js" data-key="{Key}" {Attributes}></script>""", Scripts))}}}
        {{{Head}}}</head><body>{{{Body}}}
        <script nonce="{{{Nonce}}}">document.querySelector("#export")?.addEventListener("click", function () { Conclude.event("{{{name}}}") })</script>
        </body></html>
        """;
}
