using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: every step with a prompt may be repeated, none may contradict an earlier one.</summary>
public sealed class PromptStepTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_reaction_and_a_comment_are_counted_once_however_often_they_are_sent()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire(new { externalId = "ada" }, "exported"))["prompt"]!;
        await TestWorkspace.Problem(await workspace.Step(prompt, "comment", new { text = "Slow" }), 409, "reaction_required");
        for (var i = 0; i < 3; i++)
        {
            await workspace.Done(prompt, "seen", new { view = "v" });
            await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });
        }

        await TestWorkspace.Problem(await workspace.Step(prompt, "reaction", new { reaction = "positive" }), 409, "already_answered");
        for (var i = 0; i < 3; i++)
        {
            await workspace.Done(prompt, "comment", new { text = "Slow,\nand <b>loud</b> 💥" });
        }

        await TestWorkspace.Problem(await workspace.Step(prompt, "comment", new { text = "Fast" }), 409, "already_answered");
        var totals = (await workspace.Stats("exported"))["totals"]!;
        Assert.Equal((1, 1, 0, 1), ((int)totals["seen"]!, (int)totals["frustrated"]!, (int)totals["positive"]!, (int)totals["comments"]!));
        var item = (await workspace.Get("responses"))["items"]!.AsArray().Single()!;
        Assert.Equal(("frustrated", "Slow,\nand <b>loud</b> 💥"), ((string?)item["reaction"], (string?)item["comment"]));
    }

    [Theory]
    [InlineData("Positive")]
    [InlineData(" positive")]
    [InlineData("positive, neutral")]
    [InlineData("1")]
    [InlineData("")]
    public async Task A_reaction_is_one_of_three_words_as_they_are_written(string reaction)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await TestWorkspace.Problem(await workspace.Step(prompt, "reaction", new { reaction }), 400, "validation");
        await TestWorkspace.Problem(await workspace.Step(prompt, "comment", new { text = "Slow" }), 409, "reaction_required");
    }

    [Fact]
    public async Task Simultaneous_taps_that_contradict_leave_one_answer()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        string[] taps = ["positive", "neutral", "frustrated"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            using var answer = await workspace.Step(prompt, "reaction", new { reaction = taps[i % 3] });
            return (Tap: taps[i % 3], Status: (int)answer.StatusCode);
        }));
        Assert.Single(answers.Where(static a => a.Status == 204).Select(static a => a.Tap).Distinct());
        Assert.Equal((10, 20), (answers.Count(static a => a.Status == 204), answers.Count(static a => a.Status == 409)));
        var totals = (await workspace.Stats("exported"))["totals"]!;
        Assert.Equal(1, (int)totals["positive"]! + (int)totals["neutral"]! + (int)totals["frustrated"]!);
    }

    [Fact]
    public async Task A_positive_tap_closes_and_takes_no_comment()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = "positive" });
        await TestWorkspace.Problem(await workspace.Step(prompt, "comment", new { text = "Nice" }), 409, "comment_not_expected");
        Assert.NotNull((await workspace.Fire("b1", "exported"))["prompt"]);
    }

    [Fact]
    public async Task Dismissing_closes_and_may_be_repeated()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await workspace.Done(prompt, "seen");
        await workspace.Done(prompt, "dismiss");
        await workspace.Done(prompt, "dismiss", new { });
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["totals"]!["dismissed"]!);
        Assert.NotNull((await workspace.Fire("b1", "exported"))["prompt"]);
    }

    [Fact]
    public async Task A_prompt_nobody_granted_another_workspaces_and_one_of_yesterday_are_all_not_found()
    {
        var (ours, theirs) = (await TestWorkspace.Create(host), await TestWorkspace.Create(host));
        await theirs.AddMoment("exported");
        var prompt = (await theirs.Fire("b1", "exported"))["prompt"]!;
        foreach (var (step, body) in new (string, object)[] { ("seen", new { }), ("reaction", new { reaction = "neutral" }), ("comment", new { text = "x" }), ("dismiss", new { }) })
        {
            await TestWorkspace.Problem(await ours.Step(prompt, step, body), 404, "not_found");
            await TestWorkspace.Problem(await ours.Widget(HttpMethod.Post, $"prompts/{Guid.NewGuid()}/{step}", body), 404, "not_found");
            await TestWorkspace.Problem(await ours.Widget(HttpMethod.Post, $"prompts/nonsense/{step}", body), 404, "not_found");
        }

        await theirs.Done(prompt, "reaction", new { reaction = "neutral" });
        host.Time.Advance(TimeSpan.FromHours(24.1));
        await TestWorkspace.Problem(await theirs.Step(prompt, "comment", new { text = "Late" }), 404, "not_found");
    }

    [Theory]
    [InlineData("reaction", """{"reaction":"delighted"}""", "validation")]
    [InlineData("reaction", """{"reaction":1}""", "validation")]
    [InlineData("reaction", """{"reaction":"1"}""", "validation")]
    [InlineData("reaction", """{}""", "validation")]
    [InlineData("reaction", "", "malformed_json")]
    [InlineData("reaction", "positive", "malformed_json")]
    [InlineData("comment", """{"text":" \n "}""", "validation")]
    [InlineData("comment", """{"text":""}""", "validation")]
    [InlineData("comment", """{"text":"nul \u0000"}""", "validation")]
    [InlineData("comment", """{}""", "validation")]
    [InlineData("seen", """{"view":7}""", "validation")]
    [InlineData("seen", "{", "malformed_json")]
    public async Task A_step_that_makes_no_sense_is_refused_before_anything_is_looked_up(string step, string body, string code)
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.Widget(HttpMethod.Post, $"prompts/{Guid.NewGuid()}/{step}", body), 400, code);
    }

    [Fact]
    public async Task A_comment_has_at_most_two_thousand_characters()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = "neutral" });
        await TestWorkspace.Problem(await workspace.Step(prompt, "comment", new { text = new string('ä', 2_001) }), 400, "validation");
        await workspace.Done(prompt, "comment", new { text = new string('ä', 2_000) });
    }
}
