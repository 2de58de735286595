using System.Text.RegularExpressions;

namespace Conclude.Browser.Tests.Packages;

/// <summary>A page of <c>docs</c>, for its code.</summary>
internal sealed partial class Document(string path)
{
    private readonly string _text = File.ReadAllText(Repository.At(path));

    /// <summary>The code of one language under one heading.</summary>
    public string Code(string heading, string language)
    {
        var section = _text.Split("\n## ").Single(s => s.StartsWith(heading + "\n", StringComparison.Ordinal));
        return Fences().Matches(section).Where(m => m.Groups["language"].Value == language).Select(static m => m.Groups["code"].Value).Last();
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fences();
}
