using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;
using Conclude.Testing;
using Microsoft.JSInterop;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that rows are made once for all pages that show the same, and anew when any of what they show is another.</summary>
public sealed class SharedLinesTests
{
    private readonly ManualTime _time = new();
    private readonly SharedLines<string> _lines = new();
    private readonly object _events = new();
    private WorkspaceSnapshot _workspace = new("acme", "Acme", 1, ImmutableSortedDictionary<string, MomentDefinition>.Empty, WorkspaceSettings.Default, PlanLimits.SelfHosted, [], [], "x");
    private int _made;

    [Fact]
    public void Two_hundred_pages_that_ask_at_once_make_them_once()
    {
        Parallel.For(0, 200, _ => Of());

        // Two that found nothing made yet may both have made them.
        Assert.InRange(_made, 1, Environment.ProcessorCount);
        var made = _made;
        Assert.Equal(Of(), Of());
        Assert.Equal(made, _made);
    }

    [Fact]
    public void What_differs_is_made_anew()
    {
        Of();
        Of(events: new());
        Assert.Equal(2, _made);
        Of();
        _workspace = _workspace with { Version = 2 };
        Of();
        Assert.Equal(4, _made);
        Of(zone: "Europe/Berlin");
        Assert.Equal(5, _made);
        Of();
        _time.Advance(TimeSpan.FromMilliseconds(900));
        Of();
        Assert.Equal(6, _made);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Of();
        Assert.Equal(7, _made);
    }

    private ImmutableArray<string> Of(object? events = null, string zone = "UTC")
    {
        ViewerClock clock = new(Substitute.For<IJSRuntime>(), _time);
        clock.Use(zone);
        return _lines.Of(_workspace, events ?? _events, clock, () => [$"line {Interlocked.Increment(ref _made)}"]);
    }
}
