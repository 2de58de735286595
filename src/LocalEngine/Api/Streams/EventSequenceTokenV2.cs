using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <inheritdoc cref="StreamSequenceToken"/>
[Immutable]
public class EventSequenceTokenV2(long seqNumber, int eventInd) : StreamSequenceToken
{
    public EventSequenceTokenV2(long seqNumber)
        : this(seqNumber, 0)
    {
    }

    public override long SequenceNumber { get; protected set; } = seqNumber;

    public override int EventIndex { get; protected set; } = eventInd;

    public override bool Equals(StreamSequenceToken? other) =>
        other is EventSequenceTokenV2 && SequenceNumber == other.SequenceNumber && EventIndex == other.EventIndex;

    public override int CompareTo(StreamSequenceToken? other)
    {
        if (other is null)
        {
            return 1;
        }

        return SequenceNumber.CompareTo(other.SequenceNumber) is not 0 and var bySequence ? bySequence : EventIndex.CompareTo(other.EventIndex);
    }

    public override string ToString() => $"[EventSequenceTokenV2: SeqNum={SequenceNumber}, EventIndex={EventIndex}]";
}
