using Conclude.Ledger;
using Orleans.Streams;

namespace Conclude.Grains.Live;

/// <summary>Every stream of the product.</summary>
public static class LiveStreams
{
    public const string Provider = "conclude";
    public const string TotalsNamespace = "totals";
    public const string MomentNamespace = "moment-totals";
    private const string FiresNamespace = "fires";
    private const string AnswersNamespace = "answers";

    public static IAsyncStream<TotalsChanged> Totals(this IStreamProvider streams, string workspace) =>
        streams.GetStream<TotalsChanged>(StreamId.Create(TotalsNamespace, workspace));

    public static IAsyncStream<EventTotals> Moment(this IStreamProvider streams, string workspace, string eventName) =>
        streams.GetStream<EventTotals>(StreamId.Create(MomentNamespace, GrainKeys.Join(workspace, eventName)));

    public static IAsyncStream<FiresCommitted> Fires(this IStreamProvider streams, string workspace) =>
        streams.GetStream<FiresCommitted>(StreamId.Create(FiresNamespace, workspace));

    public static IAsyncStream<AnswersCommitted> Answers(this IStreamProvider streams, string workspace) =>
        streams.GetStream<AnswersCommitted>(StreamId.Create(AnswersNamespace, workspace));
}
