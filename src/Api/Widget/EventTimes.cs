namespace Conclude.Api.Widget;

/// <summary>
/// How old an event is. Both times on the client's own clock when it says when it sent: then a clock that is a day wrong does not matter.
/// </summary>
internal static class EventTimes
{
    /// <summary>Older events are refused: retention never deletes younger rows, so a replay always meets its row.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>The event's time and its age when it was sent, never negative; an event without a time is as old as its request.</summary>
    public static (DateTimeOffset At, TimeSpan Age) Of(DateTimeOffset? at, DateTimeOffset? sentAt, DateTimeOffset receivedAt)
    {
        var sent = sentAt ?? receivedAt;
        var occurred = at ?? sent;
        return (occurred, occurred < sent ? sent - occurred : TimeSpan.Zero);
    }
}
