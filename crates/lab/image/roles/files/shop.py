#!/usr/bin/env python3
"""The shop of the Rockhop lab: small, but with the habits of a real application.

It opens its whole pool of PostgreSQL connections when it starts, and does not start without it.
  GET  /healthz    the pool answers
  GET  /item/N     from Redis, or from PostgreSQL and then kept in Redis
  POST /buy        {"item": N, "quantity": M}: one committed order in PostgreSQL, its id and hash
  POST /review     {"item": N, "text": "..."}: one committed row in MariaDB
"""
import hashlib
import http.server
import json
import os
import queue
import sys
import threading
import time

import psycopg2
import pymysql
import redis

E = os.environ.get
POOL_SIZE = int(E("SHOP_POOL_SIZE", "5"))
WAIT_SECONDS = 5  # for a free connection, before a request is refused


def postgres():
    return psycopg2.connect(
        host=E("SHOP_DB_HOST"), dbname=E("SHOP_DB_NAME", "shop"), user=E("SHOP_DB_USER", "shop"),
        password=E("SHOP_DB_PASSWORD"), connect_timeout=2, keepalives_idle=2, keepalives_interval=1,
        keepalives_count=2, tcp_user_timeout=3000, application_name="shop", options="-c statement_timeout=4000")


class Pool:
    """Connections that are opened at once; a broken one is replaced when it is next needed."""

    def __init__(self, size):
        self.free = queue.LifoQueue()
        for _ in range(size):
            self.free.put(postgres())

    def run(self, work):
        try:
            connection = self.free.get(timeout=WAIT_SECONDS)
        except queue.Empty:
            raise psycopg2.OperationalError("the pool is exhausted") from None
        try:
            if connection is None or connection.closed:
                connection = postgres()
            with connection, connection.cursor() as cursor:
                return work(cursor)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            self.free.put(connection)


class Reviews:
    """One MariaDB connection a thread at a time, opened again when it broke."""

    def __init__(self):
        self.connection, self.lock = None, threading.Lock()

    def add(self, item, text):
        with self.lock:
            try:
                if self.connection is None:
                    self.connection = pymysql.connect(
                        host=E("SHOP_MARIADB_HOST"), user=E("SHOP_MARIADB_USER", "shop"), database="reviews",
                        password=E("SHOP_MARIADB_PASSWORD"), connect_timeout=2, read_timeout=4, write_timeout=4)
                with self.connection.cursor() as cursor:
                    cursor.execute("insert into review (item, body) values (%s, %s)", (item, text))
                    number = cursor.lastrowid
                self.connection.commit()
                return number
            except pymysql.MySQLError:
                if self.connection is not None:
                    self.connection.close()
                self.connection = None
                raise


POOL = REVIEWS = CACHE = None


def buy(order):
    item, quantity = int(order["item"]), int(order.get("quantity", 1))
    stamp = time.time_ns()
    digest = hashlib.sha256(f"{item}:{quantity}:{stamp}".encode()).hexdigest()

    def work(cursor):
        cursor.execute("update item set sold = sold + %s where id = %s returning price_cents", (quantity, item))
        row = cursor.fetchone()
        if row is None:
            raise KeyError(item)
        cursor.execute(
            "insert into orders (item, quantity, total_cents, stamp, hash) values (%s, %s, %s, %s, %s) returning id",
            (item, quantity, row[0] * quantity, stamp, digest))
        return cursor.fetchone()[0]

    return {"order": POOL.run(work), "hash": digest}


def item(number):
    key = f"item:{number}"
    try:
        kept = CACHE.get(key)
        if kept:
            return json.loads(kept)
    except redis.RedisError:
        pass  # slower without the cache, not wrong

    def work(cursor):
        cursor.execute("select id, name, price_cents from item where id = %s", (number,))
        return cursor.fetchone()

    row = POOL.run(work)
    if row is None:
        raise KeyError(number)
    found = dict(zip(("id", "name", "price_cents"), row))
    try:
        CACHE.set(key, json.dumps(found), ex=300)
    except redis.RedisError:
        pass
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "shop/1", ""

    def do_GET(self):
        if self.path == "/healthz":
            self.answer(lambda: POOL.run(lambda cursor: cursor.execute("select 1")) or {"status": "ok"})
        elif self.path.startswith("/item/") and self.path[6:].isdigit():
            self.answer(lambda: item(int(self.path[6:])))
        else:
            self.say(404, {"error": "not found"})

    def do_POST(self):
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        except ValueError:
            return self.say(400, {"error": "not JSON"})
        if self.path == "/buy":
            self.answer(lambda: buy(body))
        elif self.path == "/review":
            self.answer(lambda: {"review": REVIEWS.add(int(body["item"]), str(body.get("text", "")))})
        else:
            self.say(404, {"error": "not found"})

    def answer(self, work):
        try:
            self.say(200, work())
        except (KeyError, TypeError, ValueError) as error:
            self.say(400, {"error": f"no such item or field: {error}"})
        except (psycopg2.Error, pymysql.MySQLError) as error:
            self.say(503, {"error": type(error).__name__ + ": " + str(error).strip().split("\n")[0]})

    def say(self, code, value):
        body = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def report():
    with postgres() as connection, connection.cursor() as cursor:
        cursor.execute("select count(*), coalesce(sum(total_cents), 0) from orders")
        print("orders %d, cents %d" % cursor.fetchone())


def main():
    global POOL, REVIEWS, CACHE
    if sys.argv[1:] == ["report"]:
        for line in open("/etc/sysconfig/shop"):
            name, _, value = line.strip().partition("=")
            os.environ.setdefault(name, value)
        return report()
    try:
        POOL = Pool(POOL_SIZE)
    except psycopg2.OperationalError as error:
        sys.exit(f"shop: cannot open {POOL_SIZE} connections: {error}")
    REVIEWS = Reviews()
    CACHE = redis.Redis(host=E("SHOP_REDIS_HOST"), password=E("SHOP_REDIS_PASSWORD"), socket_timeout=0.5,
                        socket_connect_timeout=0.5)
    host, port = E("SHOP_LISTEN", "127.0.0.1:8000").split(":")
    Server((host, int(port)), Handler).serve_forever()


main()
