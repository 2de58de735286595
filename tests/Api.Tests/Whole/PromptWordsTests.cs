using System.Net;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: a prompt brings all that the script needs to paint it.</summary>
public sealed class PromptWordsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("de-AT", "Wie war es?", "de", "Senden", "ltr")]
    [InlineData("ar-EG", "How was it?", "ar", "إرسال", "rtl")]
    [InlineData("pt", "How was it?", "en", "Send", "ltr")]
    [InlineData(null, "How was it?", "en", "Send", "ltr")]
    public async Task The_fixed_words_come_in_the_language_of_what_is_asked(string? locale, string question, string lang, string send, string dir)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { question = "How was it?", translations = new { de = new { question = "Wie war es?" } } });
        var body = new { user = new { anonymousId = "b1" }, context = new { locale }, events = new[] { new { id = Guid.NewGuid(), name = "exported" } } };
        foreach (var key in new[] { workspace.Publishable, workspace.Publishable })
        {
            var prompt = (await TestWorkspace.Body(await workspace.PostEvents(body, key), HttpStatusCode.OK))["prompt"]!;
            Assert.Equal(question, (string?)prompt["question"]);
            var words = prompt["words"]!.AsObject();
            Assert.Equal((lang, send, dir), ((string?)words["lang"], (string?)words["send"], (string?)words["dir"]));
            Assert.Equal(["lang", "dir", "positive", "neutral", "frustrated", "why", "send", "skip", "close", "thanks"], words.Select(static w => w.Key));
        }
    }

    [Theory]
    [InlineData("#4f46e5", "#ffffff")]
    [InlineData("#FFCC00", "#000000")]
    public async Task The_theme_comes_with_the_prompt_and_the_configuration_with_a_colour_that_can_be_read(string accent, string onAccent)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.Manage(HttpMethod.Put, "settings", new { theme = new { accent, mode = "dark", placement = "top-left" } });
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        var config = await TestWorkspace.Body(await workspace.Widget(HttpMethod.Get, "config"), HttpStatusCode.OK);
        var expected = new JsonObject { ["accent"] = accent, ["onAccent"] = onAccent, ["mode"] = "dark", ["placement"] = "top-left" };
        Assert.True(JsonNode.DeepEquals(expected, prompt["theme"]), prompt.ToJsonString());
        Assert.True(JsonNode.DeepEquals(expected, config["theme"]), config.ToJsonString());
        Assert.Null((await workspace.Get("settings"))["theme"]!["onAccent"]);
    }
}
