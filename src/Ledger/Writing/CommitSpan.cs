using System.Diagnostics;
using Conclude.Ledger.Telemetry;

namespace Conclude.Ledger.Writing;

/// <summary>
/// How a trace goes through the writer. A caller waits in a span of its own; the batch that takes its operation is one more, its child
/// where it is the only one that is traced, else a root that is linked to each of them: a commit has no single cause.
/// </summary>
internal static class CommitSpan
{
    /// <summary>More are left out; exporters cut off at 128.</summary>
    private const int MaxLinks = 64;

    /// <summary>Queues the operation and waits for it in a span.</summary>
    public static async Task<T> Await<T>(GroupCommit writer, Operation<T> operation)
    {
        using var span = Signals.Spans.StartActivity("ledger.write");
        operation.Waiting = span?.Context ?? default;
        try
        {
            return await writer.Enqueue(operation);
        }
        catch (Exception)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <returns>Null where nobody who waits is traced.</returns>
    public static Activity? Start(List<Operation> batch)
    {
        if (!Signals.Spans.HasListeners())
        {
            return null;
        }
        var traced = batch.Where(static o => o.Waiting != default).Take(MaxLinks).Select(static o => o.Waiting).ToArray();
        // The writer's thread has no span around it.
        var span = traced switch
        {
            [] => null,
            [var only] => Signals.Spans.StartActivity("ledger.commit", ActivityKind.Internal, only),
            _ => Signals.Spans.StartActivity("ledger.commit", ActivityKind.Internal, parentContext: default, links: traced.Select(static c => new ActivityLink(c))),
        };
        span?.SetTag("conclude.batch.operations", batch.Count);
        return span;
    }
}
