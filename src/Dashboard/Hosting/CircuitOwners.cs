using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Conclude.Dashboard.Accounts;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// Whose each circuit is: the framework lets whoever knows a circuit's secret come back to it, and see its page, under any account. Here only
/// the session that began it may, in the workspace that it shows.
/// </summary>
internal sealed class CircuitOwners
{
    private readonly ConcurrentDictionary<string, DashboardUser> _owners = new(StringComparer.Ordinal);

    /// <summary>By the principal of the connection that begins a circuit, which is the circuit's own at first: nothing else is told to both.</summary>
    private readonly ConditionalWeakTable<ClaimsPrincipal, Place> _places = [];

    /// <summary>Circuits whose owner is known.</summary>
    public int Count => _owners.Count;

    /// <returns>The place of the circuit that this principal has begun; null for none.</returns>
    public Place? PlaceOf(ClaimsPrincipal principal) => _places.TryGetValue(principal, out var place) ? place : null;

    /// <param name="begin">Makes a circuit, and answers with its secret; null when there is none.</param>
    public async ValueTask<object?> Begin(ClaimsPrincipal principal, Func<ValueTask<object?>> begin)
    {
        Place place = new(_owners);
        _places.AddOrUpdate(principal, place);
        var secret = await begin();
        if (secret is string known && DashboardUser.From(principal) is { } user)
        {
            place.Take(known, user);
        }

        return secret;
    }

    /// <summary>Whether this session began it, in whichever of its workspaces: a page that is left for another workspace ends with the cookie of that one.</summary>
    public bool Began(string? secret, DashboardUser? user) =>
        secret is not null && user is not null && _owners.GetValueOrDefault(secret) is { } owner && (owner.Email, owner.Session) == (user.Email, user.Session);

    /// <summary>Whether this session began it, in the workspace that it is in now.</summary>
    public bool Has(string? secret, DashboardUser? user) => secret is not null && user is not null && _owners.GetValueOrDefault(secret) == user;

    /// <summary>What is known of a circuit as long as it is there.</summary>
    internal sealed class Place(ConcurrentDictionary<string, DashboardUser> owners) : IDisposable
    {
        private readonly Lock _gate = new();
        private string? _secret;
        private bool _ended;

        public void Take(string secret, DashboardUser user)
        {
            lock (_gate)
            {
                if (!_ended)
                {
                    _secret = secret;
                    owners[secret] = user;
                }
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _ended = true;
                if (_secret is not null)
                {
                    owners.TryRemove(_secret, out _);
                }
            }
        }
    }
}
