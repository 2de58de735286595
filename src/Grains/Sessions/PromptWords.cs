using System.Collections.Immutable;

namespace Conclude.Grains.Sessions;

/// <summary>The fixed words of a prompt in one language. The question and the follow-up are the moment's own.</summary>
/// <param name="Lang">Language tag of these words.</param>
/// <param name="Dir"><c>ltr</c> or <c>rtl</c>: how the prompt reads.</param>
/// <param name="Why">The follow-up where the moment has none.</param>
/// <param name="Skip">The way out of the text box.</param>
/// <param name="Close">What the cross means.</param>
public sealed record PromptWords(
    string Lang, string Dir,
    string Positive, string Neutral, string Frustrated,
    string Why, string Send, string Skip, string Close, string Thanks)
{
    /// <summary>Languages written from right to left, with words of ours or without: a question may be in any.</summary>
    private static readonly ImmutableHashSet<string> RightToLeft =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");

    /// <summary>The languages there are; the first is for all others. To add one, add a line.</summary>
    public static ImmutableArray<PromptWords> All { get; } =
    [
        new("en", "ltr", "Positive", "Neutral", "Frustrated", "What happened?", "Send", "Skip", "Close", "Thank you!"),
        new("de", "ltr", "Positiv", "Neutral", "Frustriert", "Was ist passiert?", "Senden", "Überspringen", "Schließen", "Vielen Dank!"),
        new("fr", "ltr", "Positif", "Neutre", "Frustrant", "Que s’est-il passé ?", "Envoyer", "Passer", "Fermer", "Merci !"),
        new("es", "ltr", "Positivo", "Neutral", "Frustrante", "¿Qué ha pasado?", "Enviar", "Omitir", "Cerrar", "¡Gracias!"),
        new("ja", "ltr", "良い", "普通", "不満", "何がありましたか？", "送信", "スキップ", "閉じる", "ありがとうございます！"),
        new("ar", "rtl", "إيجابي", "محايد", "محبِط", "ماذا حدث؟", "إرسال", "تخطي", "إغلاق", "شكرًا لك!"),
    ];

    /// <summary>The words for a language tag: "de" for "de-AT", English for a language without words. They read as that language does.</summary>
    public static PromptWords For(string? locale)
    {
        var language = Wordings.LanguageOf(locale);
        foreach (var words in All)
        {
            if (words.Lang.Equals(language, StringComparison.OrdinalIgnoreCase))
            {
                return words;
            }
        }

        return RightToLeft.Contains(language) ? All[0] with { Dir = "rtl" } : All[0];
    }
}
