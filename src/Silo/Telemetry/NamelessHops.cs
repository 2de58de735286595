using System.Diagnostics;
using OpenTelemetry;

namespace Conclude.Silo.Telemetry;

/// <summary>
/// Orleans' spans of the way between silos name both grains by their keys, which hold ids and e-mails of people, and what failed in the
/// failure's own words. Of each goes out what was called, and nothing else. Add it ahead of any exporter.
/// </summary>
internal sealed class NamelessHops : BaseProcessor<Activity>
{
    public const string Source = "Microsoft.Orleans.Application";

    private static readonly HashSet<string> Kept = new(["rpc.system", "rpc.service", "rpc.method", "exception.type"], StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != Source)
        {
            return;
        }

        foreach (var tag in data.TagObjects.Select(static t => t.Key).Where(static k => !Kept.Contains(k)).ToList())
        {
            data.SetTag(tag, null);
        }

        data.SetStatus(data.Status);
        if (data.Events.Any())
        {
            // They cannot be taken out of a span, so it stays here itself.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
