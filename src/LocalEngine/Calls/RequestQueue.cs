using System.Diagnostics.CodeAnalysis;

namespace Conclude.LocalEngine.Calls;

/// <summary>Requests in order, linked through themselves so that an idle queue costs two references.</summary>
internal struct RequestQueue
{
    private Request? _head;
    private Request? _tail;

    internal readonly bool IsEmpty => _head is null;

    internal void Enqueue(Request request)
    {
        request.Next = null;
        if (_tail is null)
        {
            _head = request;
        }
        else
        {
            _tail.Next = request;
        }

        _tail = request;
    }

    /// <summary>Takes the first request, or the first that may interleave; drops abandoned ones on the way.</summary>
    internal bool TryDequeue(bool onlyInterleaving, [NotNullWhen(true)] out Request? request)
    {
        Request? previous = null;
        for (var candidate = _head; candidate is not null; candidate = candidate.Next)
        {
            if (candidate.IsAbandoned)
            {
                Unlink(previous, candidate);
                continue;
            }

            if (!onlyInterleaving || candidate.Interleaves)
            {
                Unlink(previous, candidate);
                candidate.Next = null;
                request = candidate;
                return true;
            }

            previous = candidate;
        }

        request = null;
        return false;
    }

    /// <summary>Takes everything that is not tied to the activation.</summary>
    internal RequestQueue TakeAll()
    {
        var taken = default(RequestQueue);
        var candidate = _head;
        while (candidate is not null)
        {
            var next = candidate.Next;
            if (!candidate.DiesWithActivation && !candidate.IsAbandoned)
            {
                taken.Enqueue(candidate);
            }

            candidate = next;
        }

        _head = _tail = null;
        return taken;
    }

    /// <summary>Counts everything that waits as forwarded once more, and takes what would have been more often than allowed.</summary>
    internal RequestQueue TakeForwarded(int allowed)
    {
        var (taken, kept) = (default(RequestQueue), default(RequestQueue));
        var candidate = _head;
        while (candidate is not null)
        {
            var next = candidate.Next;
            if (++candidate.Forwards > allowed)
            {
                taken.Enqueue(candidate);
            }
            else
            {
                kept.Enqueue(candidate);
            }

            candidate = next;
        }

        (_head, _tail) = (kept._head, kept._tail);
        return taken;
    }

    internal void FailAll(Exception reason)
    {
        while (TryDequeue(onlyInterleaving: false, out var request))
        {
            request.Fail(reason);
        }
    }

    private void Unlink(Request? previous, Request request)
    {
        if (previous is null)
        {
            _head = request.Next;
        }
        else
        {
            previous.Next = request.Next;
        }

        if (ReferenceEquals(_tail, request))
        {
            _tail = previous;
        }
    }
}
