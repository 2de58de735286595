using Conclude.Dashboard.Moments;
using Conclude.Grains;
using Conclude.Grains.Sessions;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.Moments;

/// <summary>Says how often people would be asked.</summary>
public sealed partial class ForecastLine
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Needed = ["samplingRate", "samplingMode", "cooldownHours", "delaySeconds"];

    private CancellationTokenSource? _look;
    private ForecastWords _words = ForecastWords.Waiting;
    private (string Event, bool WithPeople, PastTraffic Traffic)? _read;
    private string? _state;
    private bool _looking;

    [Parameter, EditorRequired]
    public required MomentForm Form { get; set; }

    public void Dispose()
    {
        _look?.Cancel();
        _look?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_state == Form.State)
        {
            return;
        }

        var first = _state is null;
        _state = Form.State;
        _look?.Cancel();
        _look?.Dispose();
        var look = _look = new CancellationTokenSource();
        var cancellation = look.Token;
        try
        {
            _looking = true;
            await Task.Delay(first ? TimeSpan.FromMilliseconds(1) : Pause, Time, cancellation);
            var words = await Find(cancellation);
            cancellation.ThrowIfCancellationRequested();
            (_words, _looking) = (words, false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Something else was typed since, or the drawer is closed.
        }
    }

    private async Task<ForecastWords> Find(CancellationToken cancellation)
    {
        var (moment, errors) = Form.Read(Clock.Zone);
        if (moment.Event.Length == 0)
        {
            return ForecastWords.NoName;
        }

        if (!EventNames.IsValid(moment.Event) || !Feed.Events.TryGetValue(moment.Event, out var row))
        {
            return ForecastWords.NoTraffic;
        }

        if (Needed.Any(errors.ContainsKey))
        {
            return ForecastWords.Unclear;
        }

        var withPeople = moment.Audience.Any(static rule => !Forecast.LeavesOut(rule));
        if (await Look(moment.Event, withPeople, cancellation) is not { } traffic)
        {
            return ForecastWords.Failed;
        }

        // Rules that are not finished yet, or that nothing could meet, are as if they were not there.
        var tried = moment with { Audience = [.. moment.Audience.Where((_, i) => !errors.ContainsKey($"audience[{i}]"))] };
        var quiet = Feed.Workspace.Settings.QuietPeriodHours;
        var forecast = await Task.Run(() => Forecast.Of(tried, traffic, quiet), cancellation);
        return ForecastWords.Of(tried, traffic, forecast, quiet, row.Counters);
    }

    private async Task<PastTraffic?> Look(string eventName, bool withPeople, CancellationToken cancellation)
    {
        if (_read is { } read && read.Event == eventName && (read.WithPeople || !withPeople))
        {
            return read.Traffic;
        }

        if (await Traffic.Read(eventName, withPeople, cancellation) is not { } traffic)
        {
            return null;
        }

        _read = (eventName, withPeople, traffic);
        return traffic;
    }
}
