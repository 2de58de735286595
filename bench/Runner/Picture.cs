using System.Globalization;
using System.Text;

namespace Conclude.Bench.Runner;

/// <summary>Bars of requests per second as a share of the floor's, readable on light and dark ground at the width of a page.</summary>
internal static class Picture
{
    private const int Width = 720;
    private const int Left = 190;
    private const int Longest = 380;

    /// <summary>Share of the floor that the longest bar stands for at least.</summary>
    private const double Least = 0.5;
    private const int Bar = 14;
    private const int Step = 20;
    private static readonly string[] Preferred = ["observed-256x1", "observed-256x20", "moment-256"];

    public static string Of(Outcome outcome)
    {
        Load[] loads = [.. outcome.Loads.Where(static l => Preferred.Contains(l.Key))];
        loads = loads.Length > 0 ? loads : [.. outcome.Loads.Take(3)];
        StringBuilder body = new();
        var scale = Longest / loads.SelectMany(l => Shown(outcome, l).Select(c => outcome.Ratio(l, c, Contender.Floor, static s => s.PerSecond))).Append(Least).Max();
        var y = 0;
        foreach (var load in loads)
        {
            y += 28;
            body.Append(CultureInfo.InvariantCulture, $"<text class=\"load\" x=\"0\" y=\"{y}\">{Title(load)}</text>\n");
            y += 12;
            foreach (var contender in Shown(outcome, load))
            {
                var ratio = outcome.Ratio(load, contender, Contender.Floor, static s => s.PerSecond);
                var perSecond = outcome.Median(load, contender, static s => s.PerSecond);
                var kind = contender.IsProduct ? "product" : contender.Project == "Handwritten" ? "other" : "limit";
                var length = Math.Max(1, ratio * scale);
                body.Append(CultureInfo.InvariantCulture, $"<text class=\"{(contender.IsProduct ? "name own" : "name")}\" x=\"{Left - 8}\" y=\"{y + 11}\">{Name(contender)}</text>")
                    .Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Left}\" y=\"{y}\" width=\"{length:F1}\" height=\"{Bar}\" rx=\"2\"/>")
                    .Append(CultureInfo.InvariantCulture, $"<text class=\"{(contender.IsProduct ? "own" : "figure")}\" x=\"{Left + length + 6:F1}\" y=\"{y + 11}\">{ratio:F2} · {perSecond:N0}/s</text>\n");
                y += Step;
            }
        }

        y += 18;
        body.Append(CultureInfo.InvariantCulture,
            $"<text class=\"figure\" x=\"0\" y=\"{y}\">1.00 is a server that parses and answers but keeps nothing. {Environment.ProcessorCount} cores, load included.</text>\n");
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{y + 10}}" width="{{Width}}" height="{{y + 10}}" role="img" aria-label="Requests per second as a share of the floor">
            <style>
            text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#57606a}
            .load{font-weight:600;font-size:14px;fill:#1f2328}.name{text-anchor:end}.own{font-weight:600;fill:#1f2328}
            .product{fill:#4f46e5}.limit{fill:#8c959f}.other{fill:#c4cbd2}
            @media (prefers-color-scheme:dark){text{fill:#9198a1}.load,.own{fill:#f0f6fc}.product{fill:#8b85ff}.limit{fill:#656c76}.other{fill:#3d444d} }
            </style>
            {{body}}</svg>

            """;
    }

    private static IEnumerable<Contender> Shown(Outcome outcome, Load load) => outcome.Contenders
        .Where(c => c.Store != Store.None && outcome.Has(load, c) && !c.Key.StartsWith("bare", StringComparison.Ordinal))
        .OrderBy(static c => c.Store == Store.Sqlite).ThenBy(static c => c.IsProduct ? 0 : c.Project == "GroupCommit" ? 1 : 2);

    private static string Title(Load load) => load.IsObserved
        ? load.Events == 1 ? "An observed event" : $"{load.Events} observed events in a request"
        : load.IsWarm ? "An event that is a moment, decided for a known person" : "A moment's event of somebody new";

    private static string Name(Contender contender) =>
        $"{(contender.IsProduct ? "Conclude" : contender.Project == "Handwritten" ? "hand-written" : "group commit")}, {(contender.Store == Store.Sqlite ? "SQLite" : "PostgreSQL")}";
}
