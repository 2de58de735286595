using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;
using Conclude.Testing;
using Conclude.Testing.Judging;
using Conclude.Testing.Load;
using Conclude.Testing.Network;

namespace Conclude.Faults.Tests;

/// <summary>The server has committed and answered, and the answer is lost on the way: the repetition gets the original success, and what follows is accepted.</summary>
public sealed class LostAcknowledgementFaults
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Every_kind_of_request_may_lose_its_answer_and_be_repeated(string store)
    {
        await using var stage = await Stage.Start(store);
        await using var network = new TcpProxy(new Uri(stage.Silo.Address).Port);
        using var page = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{network.Port}") };
        foreach (var ending in new[] { "comment", "dismiss" })
        {
            var (user, id) = ("user_" + ending, Guid.CreateVersion7());
            var fire = new { user = new { externalId = user, anonymousId = "browser_" + ending }, events = new[] { new { id, name = Stage.Moments[0] } } };
            var prompt = JsonNode.Parse(await LostAndRepeated(page, network, stage.Store, "events", fire))!["prompt"]!;
            var stored = Assert.Single(await stage.Store.Prompts(), p => p.UserKey.EndsWith(user, StringComparison.Ordinal));
            Assert.Equal(stored.Id, (Guid)prompt["id"]!);

            await LostAndRepeated(page, network, stage.Store, $"prompts/{stored.Id}/seen", new { view = "one" });
            // Another page may not have it because an answer was lost.
            Assert.Equal(409, await Post(page, $"prompts/{stored.Id}/seen", new { view = "two" }));
            if (ending == "comment")
            {
                await LostAndRepeated(page, network, stage.Store, $"prompts/{stored.Id}/reaction", new { reaction = "frustrated" });
                await LostAndRepeated(page, network, stage.Store, $"prompts/{stored.Id}/comment", new { text = "It was slow." });
                Assert.Equal(409, await Post(page, $"prompts/{stored.Id}/comment", new { text = "Something else." }));
            }
            else
            {
                await LostAndRepeated(page, network, stage.Store, $"prompts/{stored.Id}/dismiss", new { });
            }
        }

        var (events, prompts) = (await stage.Store.Events(), await stage.Store.Prompts());
        Assert.Equal((2, 2), (events.Count, prompts.Count));
        Assert.Equal(("frustrated", "It was slow."), prompts.Where(static p => p.Reaction is not null).Select(static p => (p.Reaction, p.Comment)).Single());
        Assert.Empty(await new ApiTotals(stage.Silo.Management).Differences(events, prompts, DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Under_load_one_answer_in_ten_is_lost(string store)
    {
        await using var stage = await Stage.Start(store);
        await using var network = new TcpProxy(new Uri(stage.Silo.Address).Port);
        await using var load = new WidgetLoad([$"http://127.0.0.1:{network.Port}"], Stage.Moments);
        var run = new FaultRun("answers lost", stage, load);
        await run.Warm();
        var before = Stopwatch.GetTimestamp();
        await run.Round(() => Lose(network, 0.1), TimeSpan.FromSeconds(Form.Of(3, 20)), () => Lose(network, 0));
        load.Journal.ConnectionsMayFail(before, Stopwatch.GetTimestamp());
        run.Note = $"{load.Journal.Answers.Count(static a => a.Status == 0)} answers lost";
        Assert.Contains(load.Journal.Answers, static a => a.Status == 0);
        await run.Judge();
    }

    private static Task Lose(TcpProxy network, double share)
    {
        network.LoseAnswers(share);
        return Task.CompletedTask;
    }

    /// <summary>Twice without an answer, although it was stored; then with one.</summary>
    private static async Task<string> LostAndRepeated(HttpClient page, TcpProxy network, IStoreUnderTest store, string path, object body)
    {
        var before = await Rows(store);
        network.LoseAnswers(1);
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(page, path, body));
        var after = await Rows(store);
        Assert.NotEqual(before, after);
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(page, path, body));
        network.LoseAnswers(0);
        using var answer = await Send(page, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        Assert.Equal(after, await Rows(store));
        return text;
    }

    private static async Task<string> Rows(IStoreUnderTest store) =>
        string.Join('\n', (await store.Events()).Select(static e => e.ToString()).Concat((await store.Prompts()).Select(static p => p.ToString())));

    private static async Task<int> Post(HttpClient page, string path, object body)
    {
        using var answer = await Send(page, path, body);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient page, string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain");
        return await page.PostAsync($"/api/v1/widget/{path}?key={SiloProcess.PublishableKey}", content);
    }
}
