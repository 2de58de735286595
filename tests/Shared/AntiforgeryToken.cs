using System.Text.RegularExpressions;

namespace Conclude.Testing;

/// <summary>What a form must bring along.</summary>
internal static partial class AntiforgeryToken
{
    public const string Name = "__RequestVerificationToken";

    public static string In(string html) => Field().Match(html).Groups["token"].Value;

    [GeneratedRegex($"name=\"{Name}\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
