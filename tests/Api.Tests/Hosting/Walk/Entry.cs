namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>A route, and with what it is asked. Names in braces are filled in from <see cref="Ids"/>.</summary>
/// <param name="Route">Method and pattern as they are mapped.</param>
/// <param name="Door">Whose credentials open it.</param>
/// <param name="Path">The path to ask, when it is not the pattern itself.</param>
internal sealed record Entry(string Route, Door Door, string? Path = null)
{
    /// <summary>Each is asked once.</summary>
    public string[] Queries { get; init; } = [""];

    /// <summary>JSON, or a form's <c>name=value&amp;…</c> where the door is a browser; each is sent once with each query.</summary>
    public string?[] Bodies { get; init; } = [null];

    /// <summary>Asked after all that only read: it writes what others would find.</summary>
    public bool Writes { get; init; }

    /// <summary>Takes the caller's own credentials away: asked last.</summary>
    public bool Ends { get; init; }

    /// <summary>Not plain HTTP, or without end: a test of its own asks it.</summary>
    public bool Apart { get; init; }

    /// <summary>Slow on purpose: it verifies a password.</summary>
    public bool Hashes { get; init; }

    /// <summary>Slow on purpose, without work: it waits for what was under way when it began, or for a read that is made for all at a pace.</summary>
    public bool Waits { get; init; }

    /// <summary>Where a route takes every method, the one that it means.</summary>
    public string? Verb { get; init; }

    public string Method => Verb ?? Route[..Route.IndexOf(' ', StringComparison.Ordinal)];

    public string Target => Path ?? Route[(Route.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
