using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Hosting;

/// <summary>Counts what clients hold open, and what they try, by account and by address.</summary>
internal sealed class PageLimits : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Tries come back this often in a minute, each time a part of them.</summary>
    private const int Refills = 12;

    private readonly PartitionedRateLimiter<string> _accounts;
    private readonly PartitionedRateLimiter<IPAddress> _addresses;
    private readonly PartitionedRateLimiter<IPAddress> _tries;

    public PageLimits(IOptions<PageLimitOptions> options)
    {
        var limits = options.Value;
        _accounts = AtOnce<string>(limits.Enabled ? limits.PagesPerAccount : 0);
        _addresses = AtOnce<IPAddress>(limits.Enabled ? limits.PagesPerAddress : 0);
        _tries = Tries(limits.Enabled ? limits.SignInsPerAddressPerMinute : 0);
    }

    /// <summary>Begins a live page.</summary>
    /// <returns>Dispose it when the page ends; null when the account or the address has as many as it may.</returns>
    public IDisposable? Enter(string email, IPAddress? address)
    {
        var account = _accounts.AttemptAcquire(email);
        if (account.IsAcquired)
        {
            var network = _addresses.AttemptAcquire(Network(address));
            if (network.IsAcquired)
            {
                return new Place(account, network);
            }

            network.Dispose();
        }

        account.Dispose();
        return null;
    }

    public bool HasRoom(string email, IPAddress? address) =>
        _accounts.GetStatistics(email) is not { CurrentAvailablePermits: <= 0 } && _addresses.GetStatistics(Network(address)) is not { CurrentAvailablePermits: <= 0 };

    /// <summary>Counts a password or a one-time link that is tried.</summary>
    public bool MayTry(IPAddress? address)
    {
        using var lease = _tries.AttemptAcquire(Network(address));
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _addresses.Dispose();
        _tries.Dispose();
    }

    private static PartitionedRateLimiter<TKey> AtOnce<TKey>(int most)
        where TKey : notnull => PartitionedRateLimiter.Create<TKey, TKey>(key => most == 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = most, QueueLimit = 0 }));

    private static PartitionedRateLimiter<IPAddress> Tries(int perMinute) => PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => perMinute == 0
        ? RateLimitPartition.GetNoLimiter(address)
        : RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
        {
            TokenLimit = Math.Max(1, perMinute / 2),
            TokensPerPeriod = Math.Max(1, perMinute / Refills),
            ReplenishmentPeriod = Minute / Refills,
            QueueLimit = 0,
        }));

    /// <summary>One host owns all of an IPv6 network of 64 bits.</summary>
    private static IPAddress Network(IPAddress? address)
    {
        // No address: not a network connection (an in-process test server, a Unix socket).
        var bytes = (address ?? IPAddress.None).GetAddressBytes();
        if (bytes.Length == 4)
        {
            return new IPAddress(bytes);
        }

        if (address!.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Place(IDisposable account, IDisposable network) : IDisposable
    {
        public void Dispose()
        {
            network.Dispose();
            account.Dispose();
        }
    }
}
