namespace Conclude.Grains;

/// <summary>Names of the grain storage and of the states in it.</summary>
public static class Storage
{
    public const string Provider = "conclude";
    public const string Tenant = "tenant";
    public const string Key = "key";
    public const string Account = "account";
    public const string Idempotency = "idempotency";
}
