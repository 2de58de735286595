namespace Conclude.Grains.Sessions;

/// <summary>What became of a step.</summary>
[GenerateSerializer, Alias("Conclude.AnswerStatus")]
public enum AnswerStatus : byte
{
    /// <summary>Stored, now or by an earlier identical call.</summary>
    Done,

    /// <summary>No such prompt, or it was granted more than 24 hours ago.</summary>
    NotFound,

    /// <summary>The lease has expired or another page view holds it.</summary>
    NotLive,

    /// <summary>Another reaction or comment is stored.</summary>
    AlreadyAnswered,

    /// <summary>A comment before any reaction.</summary>
    ReactionRequired,

    /// <summary>A comment after a positive reaction.</summary>
    CommentNotExpected,

    /// <summary>This browser belongs to a person: ask that session.</summary>
    Moved,
}
