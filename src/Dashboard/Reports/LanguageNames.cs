using System.Collections.Frozen;

namespace Conclude.Dashboard.Reports;

/// <summary>English names of the languages that browsers state most. The host need not carry any culture's data.</summary>
public static class LanguageNames
{
    private const string Known = """
        ar:Arabic bg:Bulgarian bn:Bengali ca:Catalan cs:Czech da:Danish de:German el:Greek en:English es:Spanish et:Estonian fa:Persian
        fi:Finnish fr:French he:Hebrew hi:Hindi hr:Croatian hu:Hungarian id:Indonesian it:Italian ja:Japanese ko:Korean lt:Lithuanian
        lv:Latvian ms:Malay nb:Norwegian nl:Dutch no:Norwegian pl:Polish pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian
        sr:Serbian sv:Swedish th:Thai tr:Turkish uk:Ukrainian vi:Vietnamese zh:Chinese
        """;

    private static readonly FrozenDictionary<string, string> Names = Known.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split(':')).ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    /// <param name="language">A primary language subtag in lower case.</param>
    /// <returns>The subtag itself when its name is not known.</returns>
    public static string Of(string language) => Names.GetValueOrDefault(language, language);
}
