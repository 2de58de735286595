namespace Conclude.Browser.Tests.Widget;

/// <summary>What goes wrong with a request to the API.</summary>
internal enum Fault
{
    None,

    /// <summary>The server is never reached; the connection is reset.</summary>
    Lost,

    /// <summary>The server has done it; the connection is reset instead of its answer.</summary>
    AnswerLost,

    /// <summary>503 with <c>Retry-After: 10</c>, from before the server.</summary>
    Unavailable,

    /// <summary>The server has done it; its answer waits until the gate lets it go.</summary>
    AnswerHeld,
}
