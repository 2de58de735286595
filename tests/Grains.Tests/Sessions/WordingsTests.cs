using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves which words a page's language gets.</summary>
public sealed class WordingsTests
{
    private static readonly MomentDefinition Translated = Some.Moment with
    {
        FollowUp = "What happened?",
        Translations = Some.Moment.Translations.Add("de", new("Wie war es?", null)).Add("pt-BR", new("Como foi?", "O que houve?")),
    };

    [Theory]
    [InlineData("de-AT", "Wie war es?", "What happened?")]
    [InlineData("DE", "Wie war es?", "What happened?")]
    [InlineData("pt-br", "Como foi?", "O que houve?")]
    [InlineData("pt", "How was the export?", "What happened?")]
    [InlineData(null, "How was the export?", "What happened?")]
    public void The_closest_language_wins(string? locale, string question, string followUp) =>
        Assert.Equal(new Wording(question, followUp), Wordings.For(Translated, locale));
}
