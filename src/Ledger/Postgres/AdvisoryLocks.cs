namespace Conclude.Ledger.Postgres;

/// <summary>
/// Every advisory lock that processes on one database take of each other: numbers that read as text. They never change, for versions
/// that are replaced one by one must meet in them. (One more is in the local engine, which knows no ledger: "Grains".)
/// </summary>
public static class AdvisoryLocks
{
    /// <summary>"Conclude": the database, for one process alone or shared by silos, as long as they run.</summary>
    public const long Process = 0x436F6E636C756465;

    /// <summary>"Migrate": the ledger's tables are brought up to date.</summary>
    public const long Migration = 0x4D696772617465;

    /// <summary>"Upkeep": going through the store with retention.</summary>
    public const long Retention = 0x55706B656570;

    /// <summary>"Erasure": going on with erasures that a process left undone.</summary>
    public const long Erasure = 0x45726173757265;

    /// <summary>"Cluster": the tables of silos are brought up to date.</summary>
    public const long Cluster = 0x436C7573746572;

    /// <summary>"Cookies": the table and the first of the keys of sign-ins are made.</summary>
    public const long CookieKeys = 0x436F6F6B696573;

    /// <summary>"Ledg" above the workspace's number: its users and live prompts. Also in <c>upkeep.sql</c>.</summary>
    public static long Workspace(long id) => 0x4C65646700000000 + id;
}
