using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Responses;

/// <summary>A list of answers, newest first, that grows downwards by pages and upwards as answers arrive.</summary>
public sealed class Answers(ILedger ledger)
{
    private readonly SemaphoreSlim _turn = new(1);
    private ResponseQuery? _query;

    public ImmutableArray<Response> Items { get; private set; } = [];

    public bool Loaded { get; private set; }

    /// <summary>There may be older ones.</summary>
    public bool More { get; private set; }

    /// <summary>Shows another selection from its top.</summary>
    public async Task Show(ResponseQuery query, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var page = await ledger.ReadResponses(query, cancellation);
            (_query, Items, More, Loaded) = (query, page, page.Length == query.Limit, true);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in what is new, and comments that came after their reaction.</summary>
    public async Task Refresh(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_query is null)
            {
                return;
            }

            var page = await ledger.ReadResponses(_query, cancellation);
            if (page.Length < _query.Limit)
            {
                (Items, More) = (page, false);
            }
            else if (Items.IsEmpty || Older(Items[0], page[^1]))
            {
                // More arrived than one page holds: what lies between is read again on the way down.
                (Items, More) = (page, true);
            }
            else
            {
                Items = [.. page, .. Items.Where(known => Older(known, page[^1]))];
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task ReadOlder(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_query is null || Items.IsEmpty)
            {
                return;
            }

            var page = await ledger.ReadResponses(_query with { Before = new ResponseCursor(Items[^1].At, Items[^1].PromptId) }, cancellation);
            Items = Items.AddRange(page);
            More = page.Length == _query.Limit;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool Older(Response a, Response b) =>
        a.At < b.At || (a.At == b.At && a.PromptId.CompareTo(b.PromptId) < 0);
}
