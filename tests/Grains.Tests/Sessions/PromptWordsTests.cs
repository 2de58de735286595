using System.Text.Json;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves that a prompt's fixed words are all there, in the language of what is asked.</summary>
public sealed class PromptWordsTests
{
    private static readonly MomentDefinition Translated = Some.Moment with
    {
        Translations = Some.Moment.Translations.Add("de", new("Wie war es?", null)).Add("he", new("איך היה?", null)),
    };

    public static TheoryData<string> Languages { get; } = [.. PromptWords.All.Select(static w => w.Lang)];

    [Fact]
    public void The_six_languages_are_there() => Assert.Equal(["en", "de", "fr", "es", "ja", "ar"], PromptWords.All.Select(static w => w.Lang));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_word_and_none_is_left_in_English(string language)
    {
        var (words, english) = (Read(PromptWords.For(language)), Read(PromptWords.All[0]));
        Assert.Equal(language, words["Lang"]);
        Assert.Equal(language == "ar" ? "rtl" : "ltr", words["Dir"]);
        Assert.All(words.Values, static word => Assert.False(string.IsNullOrWhiteSpace(word)));
        var shared = words.Where(w => language != "en" && w.Value == english[w.Key]).Select(static w => w.Key).Except(["Dir"]);
        // "Neutral" is German and Spanish too.
        Assert.Equal(language is "de" or "es" ? ["Neutral"] : [], shared);
    }

    [Theory]
    [InlineData("How was the export?", "fr-CA", "fr")]
    [InlineData("How was the export?", "ar", "ar")]
    [InlineData("How was the export?", "pt-BR", "en")]
    [InlineData("How was the export?", null, "en")]
    [InlineData("Wie war es?", "de-AT", "de")]
    [InlineData("Wie war es?", "fr", "de")]
    [InlineData("Asked before the moment was changed", "ja", "ja")]
    public void They_follow_the_question_where_its_language_is_known_and_else_the_page(string question, string? locale, string language) =>
        Assert.Equal(language, Wordings.WordsFor(question, Translated, locale).Lang);

    [Fact]
    public void A_moment_that_is_gone_leaves_the_page_s_language() => Assert.Equal("es", Wordings.WordsFor("Wie war es?", moment: null, "es").Lang);

    [Fact]
    public void A_language_without_words_still_reads_in_its_direction() =>
        Assert.Equal(("en", "rtl"), (Wordings.WordsFor("איך היה?", Translated, "en").Lang, Wordings.WordsFor("איך היה?", Translated, "en").Dir));

    private static Dictionary<string, string> Read(PromptWords words) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(JsonSerializer.Serialize(words))!;
}
