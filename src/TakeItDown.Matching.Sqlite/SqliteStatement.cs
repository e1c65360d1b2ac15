using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// A prepared statement that is run very often. It passes spans straight to SQLite: through ADO.NET each entry would cost several
/// objects and more time than SQLite itself takes.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Binds a number to a parameter, counted from 1.</summary>
    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Binds UTF-8 text to a parameter, counted from 1. SQLite takes a copy.</summary>
    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, and SQLite would take it for NULL.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    /// <summary>Binds text to a parameter, counted from 1. It allocates: per entry there is the other.</summary>
    public SqliteStatement BindText(int parameter, string text) => BindText(parameter, Encoding.UTF8.GetBytes(text));

    /// <summary>Binds a number, or NULL, to a parameter, counted from 1.</summary>
    public SqliteStatement Bind(int parameter, long? value)
    {
        if (value is { } number) return Bind(parameter, number);
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Binds bytes to a parameter, counted from 1. SQLite takes a copy.</summary>
    public SqliteStatement BindBlob(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none; the statement is then ready to run again.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        while (Step()) { }
        return raw.sqlite3_changes(_connection.Handle);
    }

    /// <summary>Makes the statement ready to run again.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>A number of the current row, by column from 0.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number of the current row, by column from 0; null for NULL.</summary>
    public long? NumberOrNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Number(column);

    /// <summary>Text or bytes of the current row, by column from 0; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
