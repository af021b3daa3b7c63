"""Runs in the interpreter whose memory becomes the snapshot: what is imported here costs nothing at start.

Only modules without host objects: a snapshot with JavaScript objects in it can't be made.
"""

import argparse  # noqa: F401
import asyncio  # noqa: F401
import base64  # noqa: F401
import collections  # noqa: F401
import contextlib  # noqa: F401
import copy  # noqa: F401
import csv  # noqa: F401
import dataclasses  # noqa: F401
import datetime  # noqa: F401
import decimal  # noqa: F401
import difflib  # noqa: F401
import email.message  # noqa: F401
import email.mime.multipart  # noqa: F401
import email.mime.text  # noqa: F401
import email.parser  # noqa: F401
import email.policy  # noqa: F401
import functools  # noqa: F401
import hashlib  # noqa: F401
import hmac  # noqa: F401
import html  # noqa: F401
import http.client  # noqa: F401
import http.cookiejar  # noqa: F401
import importlib.metadata  # noqa: F401
import inspect  # noqa: F401
import io  # noqa: F401
import itertools  # noqa: F401
import json  # noqa: F401
import linecache  # noqa: F401
import logging  # noqa: F401
import math  # noqa: F401
import mimetypes  # noqa: F401
import os  # noqa: F401
import platform  # noqa: F401
import queue  # noqa: F401
import random  # noqa: F401
import re  # noqa: F401
import secrets  # noqa: F401
import shutil  # noqa: F401
import socket  # noqa: F401
import ssl  # noqa: F401
import statistics  # noqa: F401
import string  # noqa: F401
import struct  # noqa: F401
import tempfile  # noqa: F401
import textwrap  # noqa: F401
import threading  # noqa: F401
import time  # noqa: F401
import tomllib  # noqa: F401
import traceback  # noqa: F401
import typing  # noqa: F401
import urllib.parse  # noqa: F401
import urllib.request  # noqa: F401
import uuid  # noqa: F401
import warnings  # noqa: F401
import xml.etree.ElementTree  # noqa: F401
import zipfile  # noqa: F401
import zoneinfo  # noqa: F401

import pyodide._nodesock_transport  # noqa: F401
import pyodide.code  # noqa: F401
import pyodide.ffi  # noqa: F401
import pyodide.http  # noqa: F401
import pyodide.webloop  # noqa: F401

import pipedream.script_helpers  # noqa: F401
import runnel.net
import runnel.net.blocking  # noqa: F401
import runnel.packages  # noqa: F401
import runnel.session  # noqa: F401
import runnel.step  # noqa: F401

runnel.net.install()
