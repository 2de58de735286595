using System.Collections.Immutable;

namespace Conclude.Dashboard.Moments;

/// <summary>Languages to pick from. Any other tag may be typed.</summary>
public static class Languages
{
    private static readonly ImmutableDictionary<string, string> Names = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase, new KeyValuePair<string, string>[]
    {
        new("ar", "Arabic"), new("bg", "Bulgarian"), new("bn", "Bengali"), new("cs", "Czech"), new("da", "Danish"), new("de", "German"),
        new("de-AT", "German (Austria)"), new("de-CH", "German (Switzerland)"), new("el", "Greek"), new("en", "English"), new("en-GB", "English (UK)"),
        new("en-US", "English (US)"), new("es", "Spanish"), new("es-MX", "Spanish (Mexico)"), new("et", "Estonian"), new("fa", "Persian"),
        new("fi", "Finnish"), new("fr", "French"), new("fr-CA", "French (Canada)"), new("he", "Hebrew"), new("hi", "Hindi"), new("hr", "Croatian"),
        new("hu", "Hungarian"), new("id", "Indonesian"), new("it", "Italian"), new("ja", "Japanese"), new("ko", "Korean"), new("lt", "Lithuanian"),
        new("lv", "Latvian"), new("ms", "Malay"), new("nb", "Norwegian"), new("nl", "Dutch"), new("pl", "Polish"), new("pt", "Portuguese"),
        new("pt-BR", "Portuguese (Brazil)"), new("ro", "Romanian"), new("ru", "Russian"), new("sk", "Slovak"), new("sl", "Slovenian"),
        new("sr", "Serbian"), new("sv", "Swedish"), new("th", "Thai"), new("tr", "Turkish"), new("uk", "Ukrainian"), new("ur", "Urdu"),
        new("vi", "Vietnamese"), new("zh", "Chinese"), new("zh-Hans", "Chinese (simplified)"), new("zh-Hant", "Chinese (traditional)"),
    });

    /// <summary>Tags with their English names, by name.</summary>
    public static ImmutableArray<(string Tag, string Name)> All { get; } = [.. Names.Select(static n => (n.Key, n.Value)).OrderBy(static n => n.Value, StringComparer.Ordinal)];

    /// <summary>The English name of a tag, or the tag where we know none.</summary>
    public static string NameOf(string tag) => Names.GetValueOrDefault(tag, tag);

    /// <summary>The tag that was typed, or that of the language whose name was typed.</summary>
    public static string TagOf(string typed) =>
        All.FirstOrDefault(l => l.Name.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Tag ?? All.FirstOrDefault(l => l.Tag.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Tag ?? typed.Trim();
}
