using Orleans.Configuration;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>Refuses settings that contradict each other, as Orleans does.</summary>
internal static class Settings
{
    internal static void Check(GrainCollectionOptions collection, MessagingOptions messaging)
    {
        Require(collection.CollectionQuantum > TimeSpan.Zero, "CollectionQuantum must be greater than 0.");
        Require(collection.CollectionAge > collection.CollectionQuantum, "CollectionAge must be greater than CollectionQuantum.");
        foreach (var (name, age) in collection.ClassSpecificCollectionAge)
        {
            Require(age > collection.CollectionQuantum, $"The collection age of {name} must be greater than CollectionQuantum.");
        }

        Require(messaging.ResponseTimeout > TimeSpan.Zero, "ResponseTimeout must be greater than 0.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new OrleansConfigurationException(otherwise);
        }
    }
}
