using System.Globalization;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Hosting.Walk;
using Conclude.Api.Tests.Process;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>
/// Proves that thousands of hostile requests, made of valid ones of every route, are answered: quickly, never with a fault of ours, telling
/// nothing of the inside; that what others have stays as it was, and that the server serves on as before.
/// </summary>
[Collection(Timed.Name)]
public sealed class FuzzTests(WholeServer server, ITestOutputHelper output) : IClassFixture<WholeServer>
{
    /// <summary>Bytes that live on after the campaign, at most: workspaces, sessions and people that it made, and each round's own.</summary>
    private const long MaxGrowth = 64L * 1024 * 1024;

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_harms_nobody()
    {
        await using var receiver = await WebhookReceiver.Start();
        var bystander = await Inhabited.Make(server.Api, "bystander", receiver);
        var before = await bystander.Everything();
        using Campaign campaign = new(server, receiver);
        var expected = await Walk(campaign, "before", receiver);
        var live = GC.GetTotalMemory(forceFullCollection: true);

        await campaign.Run();

        var growth = GC.GetTotalMemory(forceFullCollection: true) - live;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{campaign.Sent} requests, seed {Campaign.Seed}; slowest {campaign.Slowest.Took.TotalMilliseconds:F0} ms ({campaign.Slowest.Route}); {growth / 1024} KiB more; {string.Join(", ", campaign.Statuses.OrderBy(static s => s.Key).Select(static s => $"{s.Key}: {s.Value}"))}"));
        Assert.True(campaign.Findings.Count == 0, string.Create(CultureInfo.InvariantCulture, $"With seed {Campaign.Seed}:\n{string.Join("\n\n", campaign.Findings)}"));
        var failures = server.Api.Log.Lines.Where(static line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).ToArray();
        Assert.True(failures.Length == 0, failures.FirstOrDefault());
        // Nothing that was sent stands in the log, so nothing can begin a line of its own there.
        Assert.DoesNotContain(server.Api.Log.Lines, static line => line.Contains("X-Injected", StringComparison.Ordinal) || line.Contains("passwd", StringComparison.Ordinal));
        Assert.Equal(before, await bystander.Everything());
        Assert.Equal(expected, await Walk(campaign, "after", receiver));
        Assert.Empty(await server.Api.Ledger.Verify(TestContext.Current.CancellationToken));
        Assert.InRange(growth, long.MinValue, MaxGrowth);
    }

    /// <returns>What each route answers to its valid requests.</returns>
    private async Task<string> Walk(Campaign campaign, string name, WebhookReceiver receiver)
    {
        var subject = await Subject.Make(server, name, receiver);
        List<string> told = [];
        foreach (var entry in RouteTable.InOrder)
        {
            List<int> statuses = [];
            foreach (var shot in subject.Valid(entry))
            {
                statuses.Add((await campaign.Send(shot)).Status);
            }

            told.Add($"{entry.Route}: {string.Join(' ', statuses)}");
        }

        return string.Join('\n', told);
    }
}
