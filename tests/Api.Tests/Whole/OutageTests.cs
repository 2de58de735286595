using System.Net;
using Conclude.Api.Tests.Hosting;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: how a store that is down or overrun looks, and that nothing is lost or counted twice by it.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task A_store_that_is_down_or_overrun_answers_503_at_once_and_a_bug_tells_nothing()
    {
        var broken = new BrokenLedger();
        await using var own = new ApiHost([], services => services.AddSingleton<ILedger>(broken));
        await own.InitializeAsync();
        var workspace = await TestWorkspace.Create(own);
        await workspace.AddMoment("exported");

        async Task Fails(Exception failure, int status, string code)
        {
            broken.Failure = failure;
            foreach (var name in new[] { "opened", "exported" })
            {
                using var answer = await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events = new[] { new { id = Guid.CreateVersion7(), name } } });
                Assert.Equal(status == 503 ? TimeSpan.FromSeconds(1) : null, answer.Headers.RetryAfter?.Delta);
                TestWorkspace.AssertReadable(answer, "*");
                var text = await answer.Content.ReadAsStringAsync();
                await TestWorkspace.Problem(answer, status, code);
                Assert.DoesNotContain("SELECT", text, StringComparison.Ordinal);
                Assert.DoesNotContain("/srv", text, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            }
        }

        await Fails(new LedgerUnavailableException("SELECT failed in /srv/data"), 503, "store_unavailable");
        await Fails(new LedgerBusyException(), 503, "busy");
        await Fails(new TimeoutException("SELECT took long"), 503, "busy");
        await Fails(new InvalidOperationException("wrapped", new LedgerBusyException()), 503, "busy");
        await Fails(new InvalidOperationException("SELECT * FROM /srv/data"), 500, "internal");
        Assert.Contains(own.Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("SELECT * FROM", StringComparison.Ordinal));
        using var ready = await own.Http.GetAsync(new Uri(own.Address, "/health/ready"));
        await TestWorkspace.Problem(ready, 503, "store_unavailable");
        using var live = await own.Http.GetAsync(new Uri(own.Address, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Events_that_find_the_queue_full_are_refused_and_sent_again_are_counted_once()
    {
        await using var own = new ApiHost([("Conclude:RateLimit:Enabled", "false")], ledger: static o => o.MaxQueuedFires = 1);
        await own.InitializeAsync();
        var workspace = await TestWorkspace.Create(own);
        var waiting = Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7()).ToHashSet();
        var (refused, accepted) = (0, 0);
        while (waiting.Count > 0)
        {
            await Task.WhenAll(waiting.ToArray().Select(async id =>
            {
                var answer = await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events = new[] { new { id, name = "opened" } } });
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    await TestWorkspace.Problem(answer, 503, "busy");
                    Interlocked.Increment(ref refused);
                    return;
                }

                Interlocked.Add(ref accepted, (int)(await TestWorkspace.Body(answer, HttpStatusCode.OK))["accepted"]!);
                lock (waiting)
                {
                    waiting.Remove(id);
                }
            }));
        }

        Assert.True(refused > 0, "The queue was never full.");
        Assert.Equal(200, accepted);
        Assert.Equal(200, (int)(await workspace.Stats("opened"))["totals"]!["fires"]!);
    }
}
