using System.Text;
using System.Text.RegularExpressions;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// Of Radzen's style sheet (about 790 KB, all of which a browser reads before it paints anything) what the components need that we use:
/// dialogs, notifications and charts. What a rule is about is told by the classes it names.
/// </summary>
internal static partial class RadzenSheet
{
    /// <summary>How the classes of the components that we use begin, after <c>rz-</c>; a rule about none of them is left out.</summary>
    private static readonly string[] Families =
    [
        "dialog", "side-dialog", "notification", "growl", "message", "chart", "series", "axis", "legend", "tooltip", "tick", "grid-line", "value-axis",
        "category-axis", "marker", "body", "icon", "open", "close",
    ];

    /// <param name="sheet">As the package has it: minified.</param>
    public static string Needed(string sheet)
    {
        StringBuilder rules = new();
        List<string> roots = [];
        foreach (var (head, body) in Rules(sheet))
        {
            if (head == ":root")
            {
                roots.Add(body);
            }
            else
            {
                rules.Append(Kept(head, body));
            }
        }

        return $":root{{{Variables(roots, rules.ToString())}}}{rules}";
    }

    private static string Kept(string head, string body)
    {
        if (head.StartsWith("@media", StringComparison.Ordinal) || head.StartsWith("@container", StringComparison.Ordinal) || head.StartsWith("@supports", StringComparison.Ordinal))
        {
            var inside = string.Concat(Rules(body).Select(static r => Kept(r.Head, r.Body)));
            return inside.Length == 0 ? "" : $"{head}{{{inside}}}";
        }

        var classes = Class().Matches(head);
        return classes.Count == 0 || classes.Any(static c => Families.Any(f => c.Groups["name"].ValueSpan.StartsWith(f, StringComparison.Ordinal)))
            ? $"{head}{{{body}}}"
            : "";
    }

    /// <summary>Those that the rules use, and those that these use.</summary>
    private static string Variables(IEnumerable<string> roots, string rules)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        StringBuilder others = new();
        foreach (var declaration in roots.SelectMany(static r => r.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (declaration.StartsWith("--", StringComparison.Ordinal) && declaration.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                all[declaration[..colon]] = declaration;
            }
            else
            {
                others.Append(declaration).Append(';');
            }
        }

        Queue<string> texts = new([rules, others.ToString()]);
        HashSet<string> used = new(StringComparer.Ordinal);
        while (texts.TryDequeue(out var text))
        {
            foreach (var name in Variable().EnumerateMatches(text))
            {
                var variable = text.Substring(name.Index, name.Length);
                if (all.TryGetValue(variable, out var declaration) && used.Add(variable))
                {
                    texts.Enqueue(declaration[variable.Length..]);
                }
            }
        }

        return string.Join(';', [others.ToString().TrimEnd(';'), .. all.Where(v => used.Contains(v.Key)).Select(static v => v.Value)]).TrimStart(';');
    }

    private static IEnumerable<(string Head, string Body)> Rules(string sheet)
    {
        var (depth, start, open) = (0, 0, 0);
        for (var at = 0; at < sheet.Length; at++)
        {
            switch (sheet[at])
            {
                case '{' when depth++ == 0:
                    open = at;
                    break;
                case '}' when --depth == 0:
                    yield return (sheet[start..open].Trim('\uFEFF', ' ', '\n'), sheet[(open + 1)..at]);
                    start = at + 1;
                    break;
            }
        }
    }

    [GeneratedRegex(@"\.rz-(?<name>[a-z0-9-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Class();

    [GeneratedRegex("--rz-[a-zA-Z0-9_-]+", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Variable();
}
