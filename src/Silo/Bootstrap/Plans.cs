using System.Globalization;
using Conclude.Grains.Tenants;

namespace Conclude.Silo.Bootstrap;

/// <summary>The plans by name: the built-in ones with what <c>Conclude:Plans:NAME:…</c> sets laid over them.</summary>
internal static class Plans
{
    private static readonly PlanLimits[] BuiltIn =
    [
        new("free", 10_000, 3, 2, 30, 200),
        new("pro", 250_000, 25, 10, 180, 1_000),
        new("business", 5_000_000, 200, 50, 365, 5_000),
        PlanLimits.SelfHosted,
    ];

    /// <exception cref="InvalidSettingException">No such plan, or a limit that is not a whole number of 0 or more.</exception>
    public static PlanLimits Find(IConfiguration configuration, string name) => FindOrNull(configuration, name)
        ?? throw new InvalidSettingException($"There is no plan '{name}': built in are {string.Join(", ", BuiltIn.Select(static p => p.Name))}; others are set by Conclude:Plans.");

    /// <returns>Null when there is no such plan.</returns>
    /// <exception cref="InvalidSettingException">A limit is not a whole number of 0 or more.</exception>
    public static PlanLimits? FindOrNull(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection("Conclude:Plans:" + name);
        var plan = BuiltIn.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (plan is null && (name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) || !section.Exists()))
        {
            return null;
        }

        plan ??= PlanLimits.SelfHosted with { Name = name };
        return plan with
        {
            EventsPerMonth = Limit(section, "EventsPerMonth", plan.EventsPerMonth, long.MaxValue),
            Moments = (int)Limit(section, "Moments", plan.Moments, int.MaxValue),
            Members = (int)Limit(section, "Members", plan.Members, int.MaxValue),
            RetentionDays = (int)Limit(section, "RetentionDays", plan.RetentionDays, int.MaxValue),
            EventNames = (int)Limit(section, "EventNames", plan.EventNames, int.MaxValue),
        };
    }

    /// <exception cref="InvalidSettingException">A limit of one of the plans that are set is not a whole number of 0 or more.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var plan in configuration.GetSection("Conclude:Plans").GetChildren())
        {
            _ = Find(configuration, plan.Key);
        }
    }

    private static long Limit(IConfigurationSection plan, string name, long builtIn, long max) => plan[name] switch
    {
        null or "" => builtIn,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= max => limit,
        _ => throw new InvalidSettingException($"{plan.Path}:{name} must be a whole number, 0 for unlimited."),
    };
}
