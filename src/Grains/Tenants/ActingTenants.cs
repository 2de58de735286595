using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

public static class ActingTenants
{
    /// <summary>The workspace in the hands of this author.</summary>
    public static ActingTenant As(this ITenantGrain tenant, Author author) => new(tenant, author);
}
