using Microsoft.Data.Sqlite;

namespace Registry.Storage;

internal static class SqliteExtensions
{
    /// <summary>A command with its parameters; the text is ours, values come in by parameter only.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
