using System.Net;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves that what fails is logged without the person whom it failed for.</summary>
public sealed class LogTests
{
    private const string Person = "sentinel-person@example.com";

    [Fact]
    public async Task A_grain_that_cannot_be_activated_is_named_by_its_type_alone()
    {
        await using var host = new ApiHost([], static services => services.AddKeyedSingleton<IGrainStorage>(Storage.Provider, new FailingStorage()));
        await host.InitializeAsync();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.Grains.Account(Person).Find());

        Assert.DoesNotContain(Person, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, static line => line.Contains("Activation of account#", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, static line => line.Contains(Person, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_engine_says_of_a_call_that_failed_stays_out_of_the_log()
    {
        BrokenLedger broken = new();
        await using var host = new ApiHost([], services => services.AddSingleton<ILedger>(broken));
        await host.InitializeAsync();
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("report_exported");
        // As both engines word it.
        broken.Failure = new TimeoutException($"Response did not arrive on time in 00:00:30 for Fire on session/acme/{Person}.");

        using var answer = await workspace.PostEvents(new { user = new { externalId = Person }, events = new[] { new { id = Guid.CreateVersion7(), name = "report_exported" } } });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(host.Log.Lines, static line => line.Contains("Answered busy: TimeoutException", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, static line => line.Contains(Person, StringComparison.Ordinal));
    }
}
