using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Responses;

/// <summary>
/// The answers of a selection, newest first. It grows downwards by pages; what arrives on top waits until it is taken in, so that nothing
/// moves under whoever reads. No read takes longer than a moment: one that did not find enough says how far back it looked.
/// </summary>
public sealed class ResponseList(ILedgerSearch ledger, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Counted as far as this.</summary>
    public const int MostCounted = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(250);

    /// <summary>Comments that come this much later than their reaction are still seen coming, and so is what another server's clock put into the past.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _turn = new(1);
    private ResponseQuery? _query;
    private ResponseCursor? _next;
    private ResponseCursor? _belowWaiting;
    private DateTimeOffset _lookedAt;

    public ImmutableArray<Response> Items { get; private set; } = [];

    /// <summary>Newer than <see cref="Items"/>, newest first.</summary>
    public ImmutableArray<Response> Waiting { get; private set; } = [];

    /// <summary>More arrived than is kept waiting: taking it in begins the list anew.</summary>
    public bool WaitingIsCut => _belowWaiting is not null;

    public bool Loaded { get; private set; }

    /// <summary>There may be older ones.</summary>
    public bool More => _next is not null;

    /// <summary>How far back the last read looked when it had to stop before the page was full.</summary>
    public DateTimeOffset? SearchedBackTo { get; private set; }

    /// <summary>How many match; null when that is not known yet.</summary>
    public ResponseCount? Count { get; private set; }

    /// <summary>Shows another selection from its top.</summary>
    public Task Show(ResponseQuery query, CancellationToken cancellation = default) => Take(async () =>
    {
        var lookedAt = time.GetUtcNow();
        var page = await ledger.SearchResponses(query, Patience, cancellation);
        (_query, Items, Waiting, _belowWaiting, Loaded, _lookedAt) = (query, page.Items, [], null, true, lookedAt);
        Count = page.Next is null ? new ResponseCount(page.Items.Length, IsAll: true) : null;
        Ended(page);
    }, cancellation);

    /// <summary>Counts what matches, unless that is known.</summary>
    public Task CountMatches(CancellationToken cancellation = default) => Take(async () =>
    {
        if (_query is not null && Count is null)
        {
            Count = await ledger.CountResponses(_query, MostCounted, ShortPatience, cancellation);
        }
    }, cancellation);

    /// <summary>Looks for what is new, which then waits, and for comments that came after their reaction.</summary>
    public Task Refresh(CancellationToken cancellation = default) => Take(async () =>
    {
        if (_query is null)
        {
            return;
        }

        // What is rare would be searched for through everything, each time.
        var recent = _lookedAt - Lateness;
        var query = IsSelective(_query) && (_query.From is null || _query.From < recent) ? _query with { From = recent } : _query;
        var lookedAt = time.GetUtcNow();
        var page = await ledger.SearchResponses(query, ShortPatience, cancellation);
        Merge(page, query.From);
        if (_belowWaiting is null)
        {
            // Else what lies between has not been looked at, and must stay in reach.
            _lookedAt = lookedAt;
        }
    }, cancellation);

    /// <summary>Puts what waits on top of the list.</summary>
    public void TakeIn()
    {
        if (_belowWaiting is { } next)
        {
            (Items, _next, SearchedBackTo, Count) = (Waiting, next, null, null);
        }
        else
        {
            Items = [.. Waiting, .. Items];
            Count = Count is { } count ? count with { Count = count.Count + Waiting.Length } : null;
        }

        (Waiting, _belowWaiting) = ([], null);
    }

    public Task ReadOlder(CancellationToken cancellation = default) => Take(async () =>
    {
        if (_query is not null && _next is { } next)
        {
            var page = await ledger.SearchResponses(_query with { Before = next }, Patience, cancellation);
            Items = Items.AddRange(page.Items);
            Ended(page);
        }
    }, cancellation);

    private static bool IsSelective(ResponseQuery query) => query is not { Reaction: null, CommentsOnly: false, Text: null, Company: null, Page: null };

    private void Ended(ResponsePage page) => (_next, SearchedBackTo) = (page.Next, page.IsPartial ? page.Next?.At : null);

    private void Merge(ResponsePage page, DateTimeOffset? from)
    {
        bool IsLookedAt(Response known) => page.Next is { } end ? IsAt(known, end) : from is null || known.At >= from;
        ImmutableArray<Response> known = [.. Waiting, .. Items];
        if (page.Next is { } bottom && (known.IsEmpty || !IsAt(known[0], bottom)))
        {
            // More arrived than one page holds: what lies between is read again on the way down.
            (Waiting, _belowWaiting) = (page.Items, bottom);
            return;
        }

        var now = page.Items.ToDictionary(static r => r.PromptId);
        var shown = Items.Select(static r => r.PromptId).ToHashSet();
        Waiting = [.. page.Items.Where(r => !shown.Contains(r.PromptId)), .. Waiting.Where(r => !IsLookedAt(r))];
        _belowWaiting = _belowWaiting is { } gap && page.Next is { } end && !(Items is [var newest, ..] && IsAt(newest, end)) ? Older(gap, end) : null;
        Items = [.. Items.Where(r => !IsLookedAt(r) || now.ContainsKey(r.PromptId)).Select(r => now.GetValueOrDefault(r.PromptId, r))];
    }

    private static ResponseCursor Older(ResponseCursor a, ResponseCursor b) => a.At < b.At || (a.At == b.At && a.PromptId.CompareTo(b.PromptId) < 0) ? a : b;

    /// <summary>Not older than the place.</summary>
    private static bool IsAt(Response answer, ResponseCursor place) =>
        answer.At > place.At || (answer.At == place.At && answer.PromptId.CompareTo(place.PromptId) >= 0);

    private async Task Take(Func<Task> step, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await step();
        }
        finally
        {
            _turn.Release();
        }
    }
}
